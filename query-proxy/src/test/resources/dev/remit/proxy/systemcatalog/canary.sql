-- Every name and text with "canary" in it belongs to something hidden, or is a definition.
CREATE TYPE canary_mood AS ENUM ('canary_happy', 'canary_sad');
CREATE DOMAIN canary_domain AS text DEFAULT 'canary domain default' CHECK (VALUE <> 'canary domain');
CREATE TYPE mood AS ENUM ('glad', 'sorry');
CREATE TABLE public.orders (
  id bigint PRIMARY KEY,
  status mood,
  total numeric(10,2) DEFAULT 4711.99,
  note text DEFAULT 'canary default' CONSTRAINT canary_check CHECK (note <> 'canary check'),
  tags text[],
  canary_column text UNIQUE,
  canary_feeling canary_mood,
  generated text GENERATED ALWAYS AS (note || 'canary generated') STORED,
  CONSTRAINT note_length CHECK (length(note) < 1000 OR note = 'canary length')
);
CREATE TABLE canary_table (id int PRIMARY KEY, order_id bigint REFERENCES orders, word canary_domain);
CREATE TABLE items (order_id bigint REFERENCES orders, number int, secret_id int
  CONSTRAINT canary_reference REFERENCES canary_table, PRIMARY KEY (order_id, number));
COMMENT ON COLUMN orders.canary_column IS 'canary comment';
COMMENT ON TABLE canary_table IS 'canary table comment';
COMMENT ON TABLE orders IS 'what was bought';
COMMENT ON COLUMN orders.total IS 'in euro';
COMMENT ON CONSTRAINT note_length ON orders IS 'canary constraint comment';
CREATE INDEX canary_expression ON orders ((note || 'canary index'));
CREATE INDEX canary_partial ON orders (total) WHERE note = 'canary predicate';
CREATE INDEX orders_total ON orders (total);
CREATE VIEW seen AS SELECT id, note FROM orders WHERE note <> 'canary view';
CREATE VIEW canary_view AS SELECT * FROM canary_table;
CREATE SCHEMA canary_schema;
COMMENT ON SCHEMA canary_schema IS 'canary schema comment';
CREATE TABLE canary_schema.inner_table (x int);
CREATE FUNCTION canary_function() RETURNS text LANGUAGE sql AS $$ SELECT 'canary source'::text $$;
CREATE SEQUENCE canary_sequence;
CREATE STATISTICS canary_statistics ON status, note FROM orders;
CREATE FUNCTION canary_trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TRIGGER canary_trigger BEFORE INSERT ON orders FOR EACH ROW WHEN (new.note = 'canary when')
  EXECUTE FUNCTION canary_trigger();
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY canary_policy ON orders USING (note <> 'canary policy');
CREATE ROLE canary_role;
GRANT SELECT ON orders TO canary_role;
CREATE TABLE parts (id int, region text) PARTITION BY LIST (region);
CREATE TABLE parts_eu PARTITION OF parts FOR VALUES IN ('canary bound');
INSERT INTO orders (id, note, canary_column) SELECT i, 'n' || i, 'canary value ' || i
FROM generate_series(1, 20) AS i;
ANALYZE;

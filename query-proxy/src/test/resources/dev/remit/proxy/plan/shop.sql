CREATE TYPE order_status AS ENUM ('open', 'paid', 'sent');
CREATE DOMAIN short_text AS text CHECK (length(VALUE) < 100);
CREATE TABLE customers (
  id int PRIMARY KEY,
  name text NOT NULL,
  email text,
  salary int,
  region text NOT NULL,
  age int,
  dob date,
  phone varchar(20),
  created_at timestamptz NOT NULL DEFAULT '2026-01-01T00:00:00Z',
  vip boolean NOT NULL DEFAULT false,
  notes jsonb,
  labels text[],
  ssn text
);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id int REFERENCES customers,
  total numeric(10,2) NOT NULL,
  status order_status NOT NULL DEFAULT 'open',
  placed date NOT NULL,
  comment short_text
);
CREATE INDEX ON orders (customer_id);
CREATE TABLE "Order Items" (
  "order" bigint,
  "Line No" int,
  "größe" text,
  price numeric(10,2),
  PRIMARY KEY ("order", "Line No")
);
CREATE TABLE secrets (id int PRIMARY KEY, content text);
CREATE VIEW eu_customers AS SELECT id, email, region, salary FROM customers WHERE region = 'EU';
CREATE VIEW salaries AS SELECT c.id, c.ssn FROM customers c;
CREATE TABLE events (id int, happened date NOT NULL, customer_id int, kind text)
  PARTITION BY RANGE (happened);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE SCHEMA other;
CREATE TABLE other.customers (id int, email text);

INSERT INTO customers
SELECT i, 'name ' || i,
  CASE WHEN i % 7 = 0 THEN NULL ELSE 'user' || i || '@example.com' END,
  1000 + (i * 37) % 500, (ARRAY['EU','US','APAC'])[1 + i % 3], 18 + i % 60,
  date '1960-01-01' + i * 11, '+49 170 ' || lpad(i::text, 6, '0'),
  timestamptz '2026-01-01T00:00:00Z' + i * interval '1 hour', i % 10 = 0,
  jsonb_build_object('n', i, 'tag', 't' || i % 4), ARRAY['a' || i % 3, 'b' || i % 5],
  '000-00-' || lpad(i::text, 4, '0')
FROM generate_series(1, 60) AS i;
INSERT INTO orders
SELECT i, CASE WHEN i % 11 = 0 THEN NULL ELSE 1 + (i * 7) % 60 END, (i * 13 % 1000) / 4.0,
  (ARRAY['open','paid','sent'])[1 + i % 3]::order_status, date '2026-01-01' + i % 90,
  CASE WHEN i % 4 = 0 THEN 'comment ' || i END
FROM generate_series(1, 150) AS i;
INSERT INTO "Order Items"
SELECT 1 + i % 40, i, CASE WHEN i % 2 = 0 THEN 'groß' ELSE 'klein' END, i * 1.25
FROM generate_series(1, 80) AS i;
INSERT INTO secrets SELECT i, 'secret ' || i FROM generate_series(1, 5) AS i;
INSERT INTO events
SELECT i, date '2025-06-01' + i * 5, 1 + i % 60, 'kind ' || i % 4 FROM generate_series(1, 80) AS i;
INSERT INTO other.customers SELECT i, 'other' || i FROM generate_series(1, 5) AS i;
CREATE FUNCTION reveal(int) RETURNS text LANGUAGE sql
  AS 'SELECT content FROM public.secrets WHERE id = $1';
CREATE MATERIALIZED VIEW secret_copy AS SELECT * FROM secrets;
CREATE TYPE hidden_mood AS ENUM ('sad');
CREATE TABLE moods (mood hidden_mood);
ANALYZE;

-- 500 relations of the kinds that grow in a company over twenty years: quoted, non-ASCII and reserved names, composite keys, self
-- references, partitions, views, enums, domains, arrays, generated columns, tables without a key and one very wide table.
create schema "Größe & Co";
create schema "order";
create schema archive;
create type "Größe & Co"."Stimmung" as enum ('gut', 'it''s ok', 'schlecht "sehr"');
create domain "order"."posInt" as integer check (value > 0);
create domain archive.email as text check (value like '%@%');
create type archive.address as (street text, "Postleitzahl" varchar(10), "select" int);

create table "Größe & Co"."Kunden-Liste" (
  "Kunden Nr" bigint generated always as identity,
  "select" integer not null,
  "E-Mail" varchar(80) not null,
  "Geburtsdatum" date,
  "Stimmung" "Größe & Co"."Stimmung" default 'gut',
  "user" text[] not null default '{}',
  extra jsonb,
  "Größe" numeric(5, 2),
  "Größe in Zoll" numeric generated always as ("Größe" / 2.54) stored,
  "日本語" text collate "C",
  "a""quote" text,
  "trailing " text,
  "UPPER" text,
  primary key ("Kunden Nr", "select"),
  unique ("E-Mail"));
comment on table "Größe & Co"."Kunden-Liste" is 'Wer bei uns kauft; it''s "all" of them';
comment on column "Größe & Co"."Kunden-Liste"."E-Mail" is 'wie eingegeben';
insert into "Größe & Co"."Kunden-Liste" ("select", "E-Mail", "Geburtsdatum", "user", extra, "Größe", "日本語")
  select -i, 'kundin' || i || '@example.org', date '1980-05-01' + i, array['a', null, 'b "c"'],
    jsonb_build_object('n', i, 'tags', array['x', 'y']), 150 + i % 50, '東京' || i
  from generate_series(1, 60) i;

create table "order"."group" (
  "from" bigint, "where" integer, "order" "order"."posInt", "end" timestamptz default now(), "table" char(3),
  "primary" boolean, "analyze" bytea, "window" interval, "grant" inet, "user" uuid, "limit" money, "desc" xml,
  primary key ("from", "where"),
  constraint "fk to ""Kunden""" foreign key ("from", "where") references "Größe & Co"."Kunden-Liste" on delete cascade on update set null);
insert into "order"."group"
  select k."Kunden Nr", k."select", 1 + k."Kunden Nr", now(), 'abc', true, '\x0102ff', interval '1 day 02:03:04', '10.0.0.1/8',
    gen_random_uuid(), 12.5::money, '<a>1</a>'
  from "Größe & Co"."Kunden-Liste" k;
create index "idx; drop" on "order"."group" ("order" desc nulls last, "end");
create unique index group_user on "order"."group" ("user") include ("primary");

create table archive.staff (
  id integer primary key, boss integer references archive.staff, mail archive.email, home archive.address,
  homes archive.address[], at int4range, spans tstzmultirange, dot point, words tsvector, bits bit varying(8), price numeric,
  real_one real, double_one double precision, small_one smallint, one_char "char", long_name name, number_of oid, since time,
  since_tz time with time zone, mac macaddr, flags bit(3), js json);
insert into archive.staff (id, boss, mail, home, homes, at, dot, words, bits, price, real_one, double_one, small_one, one_char, flags, js)
  select i, nullif(i / 2, 0), 'boss' || i || '@example.com', row('Straße ' || i, '12345', i)::archive.address,
    array[row('x', 'y', 1)::archive.address], int4range(i, i + 5), point(i, i), to_tsvector('simple', 'one two ' || i), b'101',
    i / 7.0, i / 3.0, i / 9.0, i, 'c', b'010', '{"a": [1, 2]}'
  from generate_series(1, 40) i;

create table archive.no_key (email varchar(40), "Telefon" varchar(20), ip inet, note text);
insert into archive.no_key select 'p' || i || '@example.com', '+49 30 1234' || (1000 + i), '10.0.0.1', 'called Ms Gündüz' from generate_series(1, 40) i;
create table archive.no_columns ();

create table archive.events (id bigint, at date not null, kind text, mail text, primary key (id, at)) partition by range (at);
create table archive.events_default partition of archive.events default;
create table archive.by_list (k text, region text not null, n int) partition by list (region);
create table archive.by_list_eu partition of archive.by_list for values in ('DE', 'FR') partition by hash (k);
create table archive.by_list_eu_0 partition of archive.by_list_eu for values with (modulus 2, remainder 0);
create table archive.by_list_eu_1 partition of archive.by_list_eu for values with (modulus 2, remainder 1);
insert into archive.by_list select 'k' || i, case when i % 2 = 0 then 'DE' else 'FR' end, i from generate_series(1, 30) i;
create table archive.parent (id integer, what text);
create table archive.child (more text) inherits (archive.parent);
create table archive.loop_a (id integer primary key, b integer);
create table archive.loop_b (id integer primary key, a integer references archive.loop_a);
alter table archive.loop_a add foreign key (b) references archive.loop_b deferrable initially deferred;

do $$
declare
  wide text;
begin
  for i in 1..36 loop
    execute format('create table archive.events_%s partition of archive.events for values from (%L) to (%L)',
      to_char(date '2023-01-01' + make_interval(months => i - 1), 'YYYY_MM'),
      date '2023-01-01' + make_interval(months => i - 1), date '2023-01-01' + make_interval(months => i));
  end loop;
  insert into archive.events select i, date '2023-01-01' + i * 5, 'kind ' || i % 4, 'e' || i || '@example.net' from generate_series(1, 200) i;
  select string_agg(format('c_%s %s', i, (array['text', 'integer', 'numeric(12,2)', 'timestamptz', 'boolean'])[1 + i % 5]), ', ')
    into wide from generate_series(1, 1200) i;
  execute format('create table archive.wide (id integer primary key, %s)', wide);
  insert into archive.wide (id, c_5) select i, 'five ' || i from generate_series(1, 20) i;
  for i in 1..450 loop
    execute format('create table public."T %s" (id integer, version integer, parent integer, title varchar(60) not null, email text,
      "Phone No" text, amount numeric(12,2), created timestamptz default now(), primary key (id%s))', i,
      case when i % 10 = 0 then ', version' else '' end);
    execute format('insert into public."T %s" select n, 1, nullif(n - 1, 0), %L || n, %L || n || %L, null, n, now() from generate_series(1, 5) n',
      i, 'title ', 'someone', '@example.org');
    if i % 10 not in (0, 1) then
      execute format('alter table public."T %s" add constraint "T %s to T %s" foreign key (parent) references public."T %s"', i, i, i - 1, i - 1);
    end if;
    if i % 3 = 0 then
      execute format('create index on public."T %s" (email, created)', i);
    end if;
  end loop;
end $$;

create view public."View Of" as select "E-Mail" as mail, "Größe" from "Größe & Co"."Kunden-Liste" where "select" < 0;
create view archive.view_of_view as select mail, count(*) as n from public."View Of" group by mail;
create materialized view archive.materialized as select id, boss from archive.staff;
create sequence archive.counter;

create table customer (
  id integer primary key, name text not null, email text, born date, credit numeric(10,2),
  active boolean, region text not null
);
create table purchase (
  id integer primary key, customer_id integer references customer (id), placed date not null,
  total numeric(10,2) not null, country char(2)
);
create table "Odd Name" ("select" integer primary key, "Größe" numeric, "a""b" text);
insert into customer
select i, (array['Ann', 'Bob', 'O''Neil', 'Zoë', 'mia'])[1 + i % 5] || i,
  case when i % 7 = 0 then null else 'user' || i || '@example.org' end,
  date '1960-01-01' + i * 301, case when i % 5 = 0 then null else i * 12.5 end,
  case i % 3 when 0 then null when 1 then true else false end, case when i % 4 = 0 then 'US' else 'EU' end
from generate_series(1, 40) i;
insert into purchase
select i, case when i % 9 = 0 then null else 1 + i % 40 end, date '2020-01-01' + i * 11, i * 3.75,
  (array['DE', 'FR', 'US'])[1 + i % 3] from generate_series(1, 60) i;
insert into "Odd Name" select i, i / 3.0, 'odd' || i % 4 from generate_series(1, 15) i;
analyze;
create type level as enum ('low', 'mid', 'high');
create domain positive as integer check (value > 0);
create table wide (
  i4 integer primary key, i2 smallint, i8 bigint, n numeric(8,2), f4 real, f8 double precision, t text, v varchar(20),
  c char(4), b boolean, d date, ts timestamp, tz timestamptz(3), iv interval, e level not null, dm positive, bt bit(3),
  by bytea, u uuid, ip inet, jb jsonb, ia integer[], r int4range
);
insert into wide
select i, nullif(i % 6, 0), i * 10000000000, i * 1.25, i / 3.0, i / 7.0,
  case when i % 5 > 0 then (array['Ann', 'bob', 'O''Neil', 'Zoë x', 'mia'])[1 + i % 5] end, 'value ' || i * 7, 'c' || i % 3,
  case i % 4 when 0 then null when 1 then true else false end, date '2020-01-01' + i * 3,
  timestamp '2020-01-01 08:15' + i * interval '31 hours', timestamptz '2020-03-01 00:00+00' + i * interval '45 minutes 1.5 seconds',
  i * interval '7 hours', (array['low', 'mid', 'high'])[1 + i % 3]::level, i, (i % 8)::bit(3), decode(md5(i::text), 'hex'),
  md5('u' || i)::uuid, ('10.0.' || i % 2 || '.' || i)::inet,
  jsonb_build_object('n', i, 't', 'x' || i, 'a', jsonb_build_array(i, i + 1), 'o', jsonb_build_object('k', i % 3 = 0)),
  case when i % 7 > 0 then array[i, i % 4, 2] end, case when i % 5 > 0 then int4range(i, i + i % 4) end
from generate_series(1, 24) i;
analyze;

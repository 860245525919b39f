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

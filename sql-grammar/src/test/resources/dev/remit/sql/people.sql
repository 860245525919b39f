create type mood as enum ('sad', 'ok', 'happy');
create type address as (city text, zip char(5));
create table person (
  id int primary key, name varchar(40) not null, email text, boss int references person, mood mood,
  tags text[], home address, doc jsonb, span int4range
);
create table "order" (
  id int primary key, person_id int references person, total numeric(10, 2), placed timestamptz, note text
);
create table odd ("Ünïque Column" int, "weird ""quoted""" text, "select" int);
insert into person values
  (1, 'Ann', 'ann@example.org', null, 'happy', '{a,b}', '(Bonn,53111)', '{"vip": true, "city": "Bonn", "a": [1, 2]}', '[1,6)'),
  (2, 'Bob', null, 1, 'sad', '{c}', '(Riga,)', '{"b": {"c": "deep"}}', '[4,9)'),
  (3, 'Çelik', 'c@x.tr', 1, null, null, null, null, null),
  (4, 'A%_''x', '', 2, 'ok', '{}', '(,)', '[]', 'empty');
insert into "order" values
  (10, 1, 19.99, '2026-01-05 10:00Z', 'ship it'), (11, 1, 5.00, '2025-12-31 23:59Z', null),
  (12, 2, 19.99, '2026-02-01 00:00Z', 'Shipped'), (13, null, null, null, '');
insert into odd values (1, 'q', 2), (2, null, 3);

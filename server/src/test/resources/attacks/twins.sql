-- Two databases are made of this script that differ in :variant only: in every masked value and in
-- the rows that a filter hides. Whatever a caller of the proxy sees must be the same of both.
-- Raw values that must never appear begin with zq.
create extension if not exists citext;
create type mood as enum ('calm', 'cross');
create domain postcode as text check (length(value) < 12);

create table person (
  id integer primary key,
  name text not null,
  email text,
  ssn varchar(11),
  salary integer,
  income numeric(12,2),
  born date,
  seen timestamptz,
  phones text[],
  profile jsonb,
  nick citext,
  feeling mood,
  zip postcode,
  photo bytea,
  region text not null,
  constraint salary_positive check (salary > 0)
);
create unique index person_email on person (email);
create index person_salary on person (salary);
create index person_lower on person (lower(email));

insert into person
select i, 'name' || i, 'zq' || :variant || i || '@example.org', 'zq' || :variant || i,
       7000000 + i * :variant, 8000000.25 + i * :variant, date '1950-01-01' + i * :variant,
       timestamptz '2001-01-01' + i * :variant * interval '1 hour',
       array['zq' || :variant || i, 'b'], jsonb_build_object('k', 'zq' || :variant || i, 'n', i * :variant),
       'zqNick' || :variant || i, case when (i + :variant) % 2 = 0 then 'calm' else 'cross' end::mood,
       ('zq' || :variant || i)::postcode, convert_to('zq' || :variant || i, 'UTF8'),
       'EU'
from generate_series(1, 40) i;

insert into person
select i, 'zqhidden' || :variant || i, 'zqhidden' || :variant || i || '@example.org',
       'zqh' || :variant || i, 1 + i * :variant, i * :variant, date '1990-01-01' + i,
       timestamptz '2011-01-01', array['zqh'], '{"k": "zqh"}', 'zqh', 'calm', 'zqh', '\x00', 'US'
from generate_series(1000, 1000 + 10 * :variant) i;

create table orders (
  id integer primary key,
  person_id integer references person (id),
  total numeric(10,2) not null,
  country text not null
);
insert into orders select i, 1 + i % 40, i * 1.5, case i % 2 when 0 then 'DE' else 'FR' end
from generate_series(1, 120) i;
-- orders of hidden persons stay visible: orders carries no filter; their person does not

-- The filter on visit costs more than the conditions of an attack, so without a fence PostgreSQL
-- would run those first, on hidden rows too: only those of the first variant raise errors.
create table visit (id integer, weight integer, pattern text, number text, region text);
insert into visit
select i, i, 'v' || i, i::text, 'EU' from generate_series(1, 50) i;
insert into visit
select i, case :variant when 1 then 0 else 7 end, case :variant when 1 then '(' else 'v' end,
       case :variant when 1 then 'zq' else '7' end, 'US'
from generate_series(1001, 1020) i;

create table secret (id integer, body text);
insert into secret select i, 'zqsecret' || :variant || i from generate_series(1, 5 * :variant) i;

comment on column secret.body is 'zqcomment';
comment on table secret is 'zqcomment';

create view person_view as select id, name, email, region from person;
create view person_total as
  select p.id, p.email, sum(o.total) as total from person p join orders o on o.person_id = p.id group by p.id;
create materialized view person_copy as select * from person;

create table event (id integer, person_id integer, at date not null, detail text, region text)
  partition by range (at);
create table event_2025 partition of event for values from ('2025-01-01') to ('2026-01-01');
create table event_2026 partition of event for values from ('2026-01-01') to ('2027-01-01');
insert into event select i, 1 + i % 40, date '2025-06-01' + i, 'zqevent' || :variant || i,
  case i % 3 when 0 then 'US' else 'EU' end from generate_series(1, 300) i;

create table base_person (id integer, email text);
create table child_person (extra text) inherits (base_person);
insert into base_person values (1, 'zqbase' || :variant);
insert into child_person values (2, 'zqchild' || :variant, 'x');

create function leak_email(integer) returns text language sql stable
  as 'select email from public.person where id = $1';
create function leak_row(text) returns boolean language plpgsql cost 0.0001
  as 'begin raise notice ''%'', $1; return true; end';
create operator public.=== (leftarg = text, rightarg = text, function = texteq);

analyze;

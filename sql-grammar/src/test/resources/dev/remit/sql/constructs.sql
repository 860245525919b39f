select 1
;;
select 1+2*3 as x, -2^2, 'a'||'b'||1+2, not true = false, 5.::text, 1e3, .5, 0x1F, 1_000, -2147483648, - 5
;;
select * from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'pg_catalog' and c.relkind in ('r','v') order by c.relname limit 5
;;
select count(*), count(distinct relkind), sum(reltuples) filter (where relkind = 'r') from pg_class group by relkind having count(*) > 1 order by 1 desc nulls last
;;
select date '2020-01-01', timestamp with time zone '2020-01-01 00:00:00+00', interval '1 day 2 hours', interval '3' day, interval '1-2' year to month, time(3) '10:00:00.12345', extract(year from date '2020-05-05')
;;
with recursive t(n) as (values (1) union all select n+1 from t where n < 10) select * from t
;;
select '{"a":[1,2]}'::jsonb -> 'a' ->> 0, '{"a":1}'::jsonb @> '{"a":1}', '{"a":1}'::jsonb ? 'a', '{"a":{"b":2}}'::jsonb #>> '{a,b}'
;;
select array[1,2,3], (array[1,2,3])[2], (array[1,2,3])[1:2], 2 = any(array[1,2]), array(select 1), array[[1,2],[3,4]]
;;
select (select 1), exists(select 1), case when true then 1 else 2 end, case 1 when 1 then 'a' end, coalesce(null,1), nullif(1,2), greatest(1,2)
;;
select row_number() over (partition by relkind order by relname), sum(reltuples) over w from pg_class window w as (order by oid rows between 1 preceding and current row exclude ties) order by oid limit 5
;;
select $$hello$$, E'a\nb', U&'d\0061t\+000061', 'it''s', B'101', X'1F', $x$a$b$x$
;;
select trim(both 'x' from 'xxaxx'), trim('  a '), trim(leading from ' a'), substring('abc' from 2 for 1), substring('abc' for 2), position('b' in 'abc'), overlay('abc' placing 'x' from 2), substring('abc',2)
;;
select 'a' like 'a%', 'a' not like 'b%', 'a' ilike 'A', 'a' similar to 'a|b', 'a' like 'a' escape '\', 'a' ~ 'b', 'a' !~* 'b', 'a' like any (array['a','b'])
;;
select 1 between 0 and 2, 1 not between symmetric 3 and 2, 1 in (1,2), 1 not in (select 2), (1,2) in (select 1,2), null is null, true is not false, 1 is distinct from 2, (1,2) = (1,2), row(1,2) < row(1,3)
;;
select now() at time zone 'utc' < now() at time zone 'utc' + interval '1 day', 'a' collate "C", current_date = current_date, current_user, localtimestamp(3) is null, current_timestamp(0) is not null
;;
select distinct on (relkind) relkind, relname from pg_class order by relkind, relname
;;
select * from generate_series(1,3) g, lateral (select g*2) x(y), unnest(array[1,2]) with ordinality as t(a,b) order by 1,2,3
;;
select from pg_class limit 2
;;
(select 1 union select 2) intersect select 2 order by 1
;;
table pg_am order by 1
;;
values (1,'a'),(2,'b') order by 1 desc limit 1
;;
select (x).oid from (select c as x from pg_class c limit 1) y
;;
select x.* from pg_am x order by oid
;;
select relkind, relpersistence, count(*) from pg_class group by grouping sets ((relkind),(relkind,relpersistence),()) order by 1,2,3
;;
select OPERATOR(pg_catalog.-) 5, 1 operator(pg_catalog.+) 2 * 3
;;
select 1 where 1 = 1 and 2 = 2 or not 3 = 4
;;
select 2 ^ 3 ^ 2, -2 ^ 2, 2 * 3 % 4, 1 - 2 - 3, 10 / 3 * 3
;;
select 1 # 2 + 3, @ -5, |/ 16, ||/ 27
;;
select not true is false, not 1 in (1,2), not 'a' like 'b'
;;
select 1 = any (array[1,2]) = true, 1 <> all (select 2), 3 > some (array[1,5])
;;
select 'x'::text collate "C" < 'y', array['a','b']::text[] @> '{a}', '{1,2}'::int[] && array[2], '[1,5)'::int4range @> 3
;;
select a[1], a[1:2], a[:2], a[2:], a[:], (a)[1] from (select array[1,2,3] a) t
;;
select (array[[1,2],[3,4]])[2][1], m[1:1][2:2] from (select array[[1,2],[3,4]] m) t
;;
select t, t.*, (t).a, (t.*)::text from (select 1 a, 2 b) t
;;
select (json_populate_record(null::pg_am, '{"oid":1}')).*
;;
select (row(1,2)).f1
;;
select row(1,'a'), (1,2,3), row(), row(1) = row(1), (1,2) < (1,3), (1,2) is null, (1,2) is distinct from (1,null)
;;
select timestamp '2020-01-01' at time zone 'UTC' at time zone 'Europe/Berlin', timestamp '2020-01-01 00:00' + interval '1' hour * 2, timestamptz '2020-01-01Z' at local is null
;;
select interval '1 day 2 hours', interval '1' year, interval '1 2:03:04' day to second, interval(3) '1.23456 s', interval '5' minute, '1'::interval day, cast('1.123456' as interval second(2))
;;
select '2020-01-01'::date + 1, date '2020-01-05' - date '2020-01-01', time '10:00', timetz '10:00+01', timestamp(0) '2020-01-01 00:00:00.7', timestamp without time zone '2020-01-01', time with time zone '10:00+2'
;;
select char 'abc', character varying 'abc', varchar(2) 'abc', bit '101', bit(5) '10101', bit varying(3) '10111', nchar 'ab', national character varying(3) 'abcd', N'xyz', double precision '1.5', float(3) '2.5', dec(5,2) '1.234', numeric '1', int '5', bigint '7', smallint '3', real '1', boolean 't', json '{"a":1}', jsonb '{"a" : 1}', "char" 'x', bool 'f', text 'q', int4 '4', pg_catalog.int8 '8', numeric(4,1) '1.26'
;;
select cast(1 as pg_catalog.text), 1::pg_catalog.int8, cast('a' as name), 'pg_class'::regclass, 'int4'::regtype, '1'::oid
;;
select extract(epoch from interval '1 day'), extract('dow' from date '2020-01-01'), extract(timezone_hour from timestamptz '2020-01-01Z') is null, extract(day from timestamp '2020-03-04'), date_part('year', date '2020-01-01')
;;
select substring('foobar' from 'o(.)b'), substring('foobar' similar '%#"o_b#"%' escape '#'), substring('abc' from 2), substring('abc' for 2 from 1), substring('abcdef', 2, 3), overlay('abcdef' placing 'zz' from 2 for 3), overlay('abc','z',1), position('b' in 'abc'), trim(from ' a '), trim(' a ', ' '), trim(trailing 'x' from 'axx'), trim(both from ' a '), trim('x' from 'xax'), btrim('xax','x')
;;
select normalize('a', NFC), normalize('b'), 'a' is normalized, 'a' is nfc normalized, 'a' is not nfkd normalized, collation for ('a'::text), collation for ('a' collate "C")
;;
select (timestamp '2020-01-01', timestamp '2020-02-01') overlaps (timestamp '2020-01-15', interval '1 day'), row(date '2020-01-01', date '2020-01-02') overlaps row(date '2020-01-01', date '2020-01-02')
;;
select '{}' is json, '{"a":1}' is json object, '[1]' is not json array, '1' is json scalar, '{"a":1,"a":2}' is json object with unique keys, '1' is json value without unique
;;
select current_catalog, current_role = current_user, session_user, user, current_schema, current_schema(), current_time is null, localtime(2) is null, current_timestamp = now(), system_user is null
;;
select case when 1=1 then 'a' when 2=2 then 'b' else 'c' end, case 5 when 1 then 'x' else 'y' end, case when false then 1 end, case when true then relname end from pg_class limit 1
;;
select coalesce(null, 'a'), nullif(1, 1), greatest(1, 2, 3), least('a', 'b'), exists(select), array(select 1 union all select 2)
;;
select count(*), count(all relname), count(distinct relkind), string_agg(distinct relkind::text, ',' order by relkind::text desc) from pg_class
;;
select percentile_cont(0.5) within group (order by oid::int) from pg_am
;;
select mode() within group (order by amtype desc), rank(1) within group (order by oid::int::bigint::int) from pg_am
;;
select sum(oid::int8) over (order by oid rows 2 preceding), nth_value(oid, 2) over (order by oid rows between 1 following and unbounded following exclude no others), lag(oid, 1, 0::oid) over (order by oid range unbounded preceding exclude group) from pg_am order by oid
;;
select amtype, count(*) from pg_am group by rollup (amtype) order by 1 nulls first
;;
select amtype, oid > 10, grouping(amtype, oid > 10), count(*) from pg_am group by cube ((amtype), (oid > 10)) order by 1,2,3
;;
select amtype, count(*) from pg_am group by distinct rollup(amtype), rollup(amtype) order by 1,2
;;
select amtype, count(*) from pg_am group by all amtype order by 1,2
;;
select 1 group by ()
;;
select distinct amtype from pg_am order by amtype desc
;;
select distinct on (amtype) amtype, amname from pg_am order by amtype, amname using >
;;
select amname from pg_am order by amname collate "C" desc nulls last, oid asc nulls first limit 3 offset 1
;;
select amname from pg_am order by 1 offset 1 rows fetch next 2 rows only
;;
select amtype from pg_am order by amtype fetch first row with ties
;;
select amtype from pg_am order by amtype fetch first 2 rows with ties
;;
select oid from pg_am order by oid limit all
;;
select oid from pg_am order by oid limit null offset 0
;;
select oid from pg_am order by oid limit (select 2) offset 1 + 1
;;
select 1 union select 2 union all select 2 except select 1 intersect select 1
;;
(select 1 order by 1 limit 1) union all (select 2 limit 1)
;;
((select 1)) union ((select 2)) order by 1
;;
select 1 union (select 2 union all select 2) order by 1 desc
;;
(select 1) limit 1
;;
select * from ((select 1 a) union (select 2)) x order by a
;;
select * from (((select 1 a))) x
;;
select ((select 1)), ((select 1) + 1), (((select 2)) * 3), ((select 1) union select 1)
;;
select * from (pg_am a join pg_class c on a.oid = c.relam) where c.relname = 'pg_class'
;;
select * from (pg_am a cross join (values (1)) v(x)) as j(c1, c2) order by 1
;;
select * from pg_am a left join pg_class c on c.relam = a.oid and c.relname = 'pg_am' order by a.oid
;;
select count(*) from pg_am a right outer join pg_class c on c.relam = a.oid full join pg_type t on false
;;
select j.oid, a.amname from pg_am a join pg_am b using (oid, amname) as j order by 1
;;
select * from pg_am natural join pg_am b order by oid
;;
select * from (values (1,2)) a(x,y) natural left join (values (1,3)) b(x,z)
;;
select * from (values (1)) a(x) join (values (1)) b(y) join (values (1)) c(z) on y = z on x = y
;;
select * from (values (1)) a(x) cross join (values (2)) b(y) join (values (1)) c(z) on x = z
;;
select * from generate_series(1, 3) g where g > 1
;;
select * from generate_series(1, 3) as g(n), lateral (select n * 2 as m) l
;;
select * from generate_series(1, 2) with ordinality as t(a, b)
;;
select * from unnest(array[1,2], array['a','b']) with ordinality u(x, y, o)
;;
select * from rows from (generate_series(1,2), generate_series(1,3)) with ordinality as r(a,b,c)
;;
select * from json_to_recordset('[{"a":1,"b":"x"}]') as x(a int, b text)
;;
select * from json_to_record('{"a":[1,2]}') x(a int[])
;;
select * from rows from (json_to_recordset('[{"a":1}]') as (a int, b text collate "C")) as q
;;
select * from json_to_record('{"a":1}') as (a int)
;;
select a.amname, x.* from pg_am a left join lateral (select count(*) c from pg_class where relam = a.oid) x on true order by 1
;;
select * from pg_am a, lateral unnest(array[a.oid]) u order by 1, 2
;;
select * from current_date d where false
;;
select * from only pg_am where false
;;
select * from only (pg_am) a where false
;;
select * from pg_am * where false
;;
select count(*) >= 0 from pg_class tablesample system (50) repeatable (1)
;;
select count(*) >= 0 from pg_class c tablesample bernoulli (10)
;;
with a as (select 1 x), b(y) as materialized (select x + 1 from a), c as not materialized (select 3) select * from a, b, c
;;
with recursive t(n, p) as (select 1, '1'::text union all select n + 1, p || ',' || n from t where n < 4) select * from t order by n
;;
with a as (values (1,2)) select * from a union select * from a
;;
select (with x as (select 1 a) select a from x), exists (with y as (select 1) select * from y)
;;
table pg_am order by oid limit 1
;;
values (1, 'a'), (2, null) order by 1 desc
;;
values (1) union values (2) order by 1
;;
select from pg_am
;;
select
;;
select where true
;;
select 1 a, 2 as "B c", 3 as select, 4 "from", 5 value, 6 type, 7 name
;;
select relname::text from pg_class where relname ~ '^pg_cl' and relname !~~ 'x%' and relname ~~* 'PG%' order by 1 limit 2
;;
select '{"a":{"b":[1,2]}}'::jsonb #> '{a,b}' -> 1, '{"a":1}'::jsonb - 'a', '{"a":1}'::jsonb || '{"b":2}', '{"a":1}'::jsonb ?| array['a'], '{"a":1}'::jsonb ?& array['a','b'], '{"a":1}'::jsonb @? '$.a', '{"a":1}'::jsonb @@ '$.a == 1', '[1,2]'::json -> -1, '{"a":[1]}'::jsonb <@ '{}', ('{"a":{"b":1}}'::jsonb)['a']['b']
;;
select point '(1,2)' <-> point '(3,4)', box '((0,0),(1,1))' ~= box '((0,0),(1,1))', 'a b'::tsvector @@ 'a'::tsquery, int4range(1,5) -|- int4range(5,7), '192.168.1.0/24'::inet >>= inet '192.168.1.5'
;;
select make_interval(days => 3), make_interval(hours := 2, mins => 5), format('%s-%s', variadic array['a','b']), concat_ws(',', variadic array['x','y']), pg_catalog.length('abc'), pg_catalog.count(*) from (select 1) x
;;
select 1 operator(pg_catalog.=) any (array[1]), 2 operator(pg_catalog.*) 3 + 4, operator(pg_catalog.@) -3, 'a' operator(pg_catalog.~~) 'a%'
;;
select 'a%' like 'a\%' escape '\', 'ab' like 'a_' escape '', 'ab' similar to 'a(b|c)' escape '!', 'AB' not ilike 'ab%' escape '#', 'a' not similar to 'b'
;;
select 1 between 1 and 2 and 3 between 4 and 5, 1 between asymmetric 0 and 5, 5 not between 1 and 2 + 1, 1 + 1 between 1 and 1 + 1 = true
;;
select (1, 2) in ((1, 2), (3, 4)), (1,2) not in (select 1, 3), row(1,2) = any (select 1,2), (1,2) = (select 1,2), 1 in (select 1), 1 in ((select 1)), 1 in ((select 1), 2)
;;
select null isnull, 1 notnull, null is unknown, true is not unknown, 1 is not null, null::int is null = true
;;
select 1 is distinct from 2, null is not distinct from null, 1 + 1 is distinct from 2
;;
select $$dollar 'quoted'$$, $tag$ $$ inner $$ $tag$, 'a' 
 'b', E'tab\tnl\n\x41\101\u0041\U00000041\'\\', e'\ud83d\ude00', U&'\0041\+01F600', U&'d!0061' uescape '!', U&"\0061b" from (select 1 as ab) q
;;
select 0xFF, 0o17, 0b101, 1_000_000, 1_0.0_1, 1e10, 1.5e-3, .5e1, 5., 99999999999, 99999999999999999999, -9223372036854775808, 1.0, 1.50
;;
select B'1010', X'1f', b'1' || b'0', x'ab'::bit(8)::int
;;
select /* c /* nested */ still */ 1 -- end
;;
select "relname" as "Quoted ""name""" from "pg_catalog"."pg_class" where "relname" = 'pg_class'
;;
select pg_class.relname, pg_catalog.pg_class.oid is null from pg_catalog.pg_class where pg_class.oid = 1259
;;
select not not true, not (true and false), true and not false or false
;;
select 'it''s', '', ' ', 'ünïcödé 😀', 'back\slash'
;;
select array[]::int[], array[1, null], array['a'::text, 'b'], array[[1],[2]], array[array[1],array[2]], array[row(1,2)]
;;
select (select array[1,2])[1], (array[1,2] || 3)[3], (string_to_array('a,b', ','))[2]
;;
select upper(relname), max(oid)::text from pg_class where oid < 100 group by upper(relname), 1 having max(oid) > '0'::oid order by max(oid) desc limit 1
;;
select sum(case when amtype = 'i' then 1 else 0 end)::numeric / count(*) from pg_am
;;
select relname from pg_class where (relname, oid) > ('pg_a', 1::oid) order by relname, oid limit 2
;;
select a.oid as "OID", b.* from pg_am a, pg_am b where a.oid = b.oid order by 1
;;
select count(*) from pg_class c where exists (select 1 from pg_attribute where attrelid = c.oid and not attisdropped and attnum > all (array[0]))
;;
select (c).relname, (c).* from pg_class c where c.oid = 1259
;;
select min(oid) from pg_am having count(*) > 0
;;
select date_trunc('month', now())::date = date_trunc('month', current_date), now() - interval '1 month' < now()
;;
select to_char(timestamp '2020-01-02', 'YYYY-MM'), generate_series(1,3), lower('A') || upper('b')
;;
select * from (select 1) union_query(x)
;;
select x.y from (select 1 as y) as x where x.y in (select 1) and x.y = all (array[1])
;;
select left('abc', 2), right('abc', 1), replace('abc', 'b', 'x')
;;
select localtimestamp - localtimestamp, current_time(0) is null
;;
select xpath('/a', '<a/>'::xml)::text
;;
select 1 as "group", 2 as user
;;
select (row(1,2)).f1, ((1,2)).f2, (m[1:2])[1], m[1:2][1], ((m[1:2])[1:1])[1:1] from (select array[1,2,3] m) t
;;
select substring('foobar' similar '%#"o_b#"%' escape '#'), substring('abc' for 2 from 1), substring('abcdef', 2, 3), overlay('abcdef' placing 'zz' from 2 for 3), overlay('abc','z',1), position('b' in 'abc'), trim(from ' a '), trim(' a ', ' '), trim(trailing 'x' from 'axx'), trim(both from ' a '), trim('x' from 'xax'), btrim('xax','x')
;;
select 'abc'::char(2), 'abc'::char, 'abc'::varchar(1), 'x'::"char", 5::float, 5::float(20), 5::float(40), 5::double precision, '5'::decimal(3,1), '{1,2}'::int[], '{1,2}'::int array, '{1}'::int[3], '{{1}}'::int[][], '{1}'::int array[1], '{a}'::character varying(5)[] is null
;;
select rank() over w, dense_rank() over (w order by oid), sum(oid::int8) over (order by oid::int8 range between 10 preceding and 5 following exclude current row), count(*) over (order by oid groups current row), count(*) filter (where oid > 1) over () from pg_am window w as (partition by amtype) order by oid
;;
select id, doc ->> 'city' as city from person where doc @> '{"vip": true}' order by id
;;
select count(*), email is null from person group by 2 order by 2
;;
select p.id, sum(o.total) filter (where o.placed > date '2026-01-01') as recent from person p left join "order" o on o.person_id = p.id group by p.id order by p.id
;;
select "Ünïque Column", "weird ""quoted""" from odd order by 1
;;
select o.* from "order" as o where o.total between 10 and 20 + 5 or o.note ilike '%ship%' order by o.id
;;
select p.tags[1], p.tags[2:], cardinality(p.tags), 'a' = any (p.tags), p.tags && array['b','c'] from person p order by p.id
;;
select p.name, t.tag, t.n from person p cross join lateral unnest(p.tags) with ordinality as t(tag, n) order by 1, 3
;;
select distinct on (person_id) person_id, id, total from "order" order by person_id, placed desc nulls last, id
;;
select mood, mood::text, mood > 'sad' from person order by id
;;
select home, (home).city, (home).zip is null from person order by id
;;
select (p).name, (p.home).city from person p order by p.id
;;
select row_to_json(p) from (select id, name from person) p order by 1::text
;;
select person from person order by id
;;
select total * 1.19, total / 3, round(total, 1), total % 7 from "order" order by id
;;
select date_trunc('month', placed)::date as month, count(*), avg(total)::numeric(10,3) from "order" group by 1 order by 1
;;
select extract(year from placed) * 100 + extract(month from placed), to_char(placed, 'YYYY"-Q"Q') from "order" order by id
;;
select * from person p where exists (select from "order" o where o.person_id = p.id and o.total > all (select avg(total) from "order")) order by id
;;
select id, lag(total) over w, sum(total) over (w rows between unbounded preceding and current row) from "order" window w as (partition by person_id order by placed, id) order by id
;;
select * from (values (1, 'one'), (2, 'two')) as v (n, word) join person on id = n order by n
;;
with recursive up(id, boss, depth) as (select id, boss, 0 from person where boss is null union all select p.id, p.boss, depth + 1 from person p join up on p.boss = up.id) select * from up order by depth, id
;;
with t as (select 1 as a), u as not materialized (select a + 1 as b from t) select t.*, u.* from t, u
;;
select coalesce(nullif(trim(name), ''), 'nobody') || ' <' || coalesce(email, '-') || '>' from person order by id
;;
select case mood when 'happy' then 1 when 'sad' then -1 else 0 end, case when tags is null then 'none' else tags[1] end from person order by id
;;
select name collate "C" from person order by name collate "C" desc
;;
select lower(span), upper(span), span @> 5, span && int4range(3, 9) from person order by id
;;
select doc -> 'a' -> 0, doc #>> '{b,c}', doc ? 'vip', doc - 'vip', doc || '{"x": 1}', jsonb_path_query_first(doc, '$.a[*]') from person order by id
;;
select * from json_to_recordset('[{"a":1,"b":[1,2]}]') as r(a int, b int[])
;;
select * from rows from (generate_series(1, 2), unnest(array['a', 'b', 'c'])) as r (n, c)
;;
select person_id, placed::date, grouping(person_id), count(*) from "order" group by rollup (person_id, placed::date) order by 1, 2, 3, 4
;;
select string_agg(name, ', ' order by name desc), array_agg(distinct mood), bool_and(id > 0), percentile_disc(0.5) within group (order by id) from person
;;
select placed at time zone 'America/New_York', placed + interval '1 month -2 days', age(placed, '2025-01-01'), placed - interval '1' day * 3 from "order" order by id
;;
select * from person where (id, name) in (select person_id, 'x' from "order") or (name, id) > ('A', 0) order by id limit 2
;;
select * from person natural join (select 1 as id, 'Ann' as name) x
;;
select p.id from person p full join "order" o using (id) order by 1 nulls first
;;
(select id from person except select person_id from "order") union all (select 99 order by 1 limit 1) order by 1
;;
select 1 where null is distinct from 1 and not null is null is unknown
;;
select * from person where name similar to '(A|B)%' and name !~* '^z' and name not like '%\_%' escape '\' order by id
;;
select sum(total) over (order by placed range between interval '1 day' preceding and interval '1 day' following), count(*) over (order by total groups between 1 preceding and 1 following exclude ties) from "order" order by id
;;
select 1::bit(4), B'1' & B'0', X'F'::int, cast('12:34' as time(0) without time zone), cast('2026-01-01' as timestamp(3) with time zone) = '2026-01-01'
;;
select make_date(year => 2026, month => 2, day => 3), greatest(1, 2.5), format('%1$s %1$s', variadic array['x'])
;;
select citizen.id from person as citizen where citizen.id = some (array[1, 2]) and citizen.id != 2
;;
select id from person order by mood using >, id using <
;;
select id from "order" order by total desc fetch first 1 rows with ties
;;
select count(*) from person tablesample bernoulli (100) repeatable (1)
;;
select count(*) from only person as p (a, b) where a = 1
;;
select p.id, x.n from person p, lateral (select count(*) as n from "order" o where o.person_id = p.id) as x order by 1
;;
select id, total, rank() over (order by total desc), ntile(2) over (order by id) from "order" order by id
;;
select array(select id from person order by id), array[[id, 1], [id, 2]] from person order by id
;;
select exists (select 1 from person where id = 1), (select max(id) from person), (select name from person where id = 1) || '!'
;;
select pg_catalog.upper(name), pg_catalog.int8 '5', name operator(pg_catalog.||) 'x' from person order by id
;;
table person order by id limit 1
;;
select from person where id = 1
;;
select n, n ^ 2 ^ 0.5, -n ^ 2, n # 3, ~n, n << 2 | 1, @ -n, |/ 16.0 from generate_series(1, 3) n
;;
select interval '1-2' year to month, interval '3 4:05' day to minute, interval(2) '1.2345 seconds', '1 year'::interval year, interval '90' minute
;;
select 0x1F + 0b11 + 0o17, 1_000.5, 5e-1, .5, 5., E'a\tb\u00e9', U&'d\0061t', $q$it's$q$, 'con'
  'tinued'
;;
select uuid '00000000-0000-0000-0000-000000000001', inet '10.0.0.1/8' >>= '10.1.1.1', point(1, 2) <-> point '(4,6)', 'a b'::tsvector @@ to_tsquery('simple', 'a & b')
;;
select session_user = current_user, current_date = now()::date, localtime(0) is null, current_schema is null
;;
select overlay(name placing '*' from 2 for 1), substring(name from 1 for 2), substring(name from '.n'), position('n' in name), trim(both 'A' from name), normalize(name, nfc), name is normalized from person order by id
;;
select (date '2026-01-01', interval '1 month') overlaps (date '2026-01-15', date '2026-02-15'), '{}' is json object, doc is json from (select '{"a":1}'::text as doc) d

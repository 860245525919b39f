-- Constructors, queries and tables of SQL/JSON.
select json_object('id': film_id, 'title': title absent on null returning jsonb) as j, json_object(), json_object(returning jsonb) from film order by film_id limit 3;
select json_object('a' value 1, 'b' value null null on null without unique keys), json_object('{x,1}'), json_object(array['k'], array['v']);
select json_array(film_id, title, null null on null), json_array(), json_array(select f.film_id from film f order by 1 limit 2), json_array(with a(n) as (select 1) select n from a returning jsonb) from film order by film_id limit 2;
select json_array((select 1) union (select 2) returning text), json_array('[1]' format json, 2);
select rating, json_arrayagg(title order by title returning jsonb) filter (where length > 50), json_objectagg(film_id: length absent on null) from film group by rating order by rating;
select film_id, json_arrayagg(film_id) over (order by film_id rows 1 preceding) from film order by film_id limit 4;
select json_objectagg((film_id::text) value title with unique keys) over w from film window w as (partition by rating order by film_id) order by film_id limit 3;
select json('{"a":1}'), json('{"b":2}' with unique keys), json_scalar(1.5), json_scalar('x'), json_serialize('{"a":1}'::jsonb), json_serialize('[1]' returning bytea);
select json_value('{"a": {"b": 7}}'::jsonb, '$.a.b' returning int), json_value('{}', '$.x' default 'none' on empty), json_value('{"a": [1]}', '$.a' null on error), json_value('{"d": "2024-02-29"}', '$.d' returning date);
select json_query('{"a": [1, 2]}', '$.a[*]' with unconditional array wrapper), json_query('{"s": "x"}', '$.s' omit quotes on scalar string), json_query('{}', '$.n' empty array on empty), json_query('[1]', '$[0]' with conditional wrapper keep quotes error on error);
select json_exists('{"a": 1}', '$.a ? (@ > $low)' passing 0 as low), json_exists('[]', 'strict $[5]' true on error), json_exists('[]', 'strict $[5]' error on error);
select json_value(to_jsonb(f), '$.title') as t from film f order by f.film_id limit 3;
select f.film_id, x.* from film f, json_table(json_build_array(f.title, f.length), '$[*]' columns (n for ordinality, v text path '$', has boolean exists path '$')) x order by 1, 2 limit 6;
select * from json_table('{"o": [{"id": 1, "tags": ["a", "b"]}, {"id": 2, "tags": []}]}', '$.o[*]' as root passing 5 as five columns (id int path '$.id', nested path '$.tags[*]' as t columns (tag text path '$', pos for ordinality))) as j order by id, pos;
select j.k, upper(j.w) from json_table('[{"v": 1}]'::jsonb, '$[*]' columns (a int path '$.v', b numeric(4,1) path '$.none' default 2.5 on empty, c jsonb format json path '$' without wrapper)) as j(k, w, z) where false or true;
select count(*) from json_table('[1, 2, 3]', '$[*]' columns (a int path '$' error on error)) where a > 1;
select * from json_value('{"a": 4}', '$.a');
select json_value('{"a": 1}', 'strict $.b' error on error);
select json_table('[1]', '$' columns (a int));
select nope from json_table('[1]', '$[*]' columns (a int path '$')) t;
select * from json_table('[1]', '$[*]' columns (a int path '$')) as t(a, b);
select json_value('{}', '$.a' returning nope);
-- refused 42704
select json_value('{"a": "film"}', '$.a' returning regclass);
-- refused 42704
select * from json_table('["film"]', '$[*]' columns (c regclass path '$')) t;
-- XML: constructors, serialisation, predicates, tables.
select xmlelement(name film, xmlattributes(film_id, title as "the title"), xmlelement(name len, length), 'x') from film order by film_id limit 3;
select xmlforest(film_id, title as t, length), xmlconcat(xmlelement(name a), null, '<b/>'::xml), xmlpi(name page), xmlpi(name p, 'q') from film order by film_id limit 2;
select xmlparse(document '<a>1</a>'), xmlparse(content ' x <b/>' preserve whitespace), xmlparse(content '<c/>' strip whitespace), xmlroot('<r/>', version '1.0', standalone yes), xmlroot('<r/>', version no value, standalone no value);
select xmlserialize(document '<a><b>1</b></a>'::xml as text), xmlserialize(content '<a><b>1</b></a>'::xml as text indent), xmlserialize(content '<a/>' as varchar(10) no indent);
select '<a/>'::xml is document, 'x'::xml is not document, xmlexists('//b[text() = "1"]' passing by ref '<a><b>1</b></a>'), xmlexists('//c' passing '<a/>' by value);
select xmlagg(xmlelement(name f, title) order by title desc) from film where film_id < 4;
select f.film_id, x.* from film f, xmltable('/r/i' passing xmlelement(name r, xmlelement(name i, xmlattributes(f.film_id as id), f.title)) columns n for ordinality, id int path '@id' not null, title text path '.', other text path 'o' default 'none') x order by 1 limit 3;
select * from xmltable(xmlnamespaces('http://x.y' as x, default 'http://z'), '/x:r/x:i' passing '<r xmlns="http://x.y"><i>1</i></r>' columns i int path '.') as t(renamed);
select xmlelement(name a, xmlattributes(1));
select xmltable('/a' passing '<a/>' columns a int);
select xmlparse(document 'x');
select xmlserialize(content 1 as text);
select xmlelement(a);
-- Labels that PostgreSQL makes, in ORDER BY and GROUP BY.
select count(*), rating from film group by rating order by count, rating;
select upper(title), length from film order by upper desc limit 3;
select rating, max(length), sum(length) + 1 from film group by rating order by max desc nulls last, "?column?", rating;
select 1 + film_id from film order by "?column?" limit 3;
select coalesce(length, 0), case when length > 60 then 'long' end, film_id from film order by "coalesce", "case", film_id limit 5;
select lower(rating::text), count(*) from film group by lower order by lower;
select film_id + 1, film_id + 2 from film order by "?column?";
select length::text from film order by length limit 3;
select (select max(f.film_id) from film f), title from film order by max, title limit 2;
select s."?column?", s.upper, s.row from (select 1 + 1, upper('x'), (1, 2)) s;
select (select 1)::text, (values (2)), (1, 2), row(1, 2), array(select 1), date '2024-01-01', int '5', true, 1.5, '7'::int, -film_id from film order by film_id limit 1;
-- Recursion: order, cycles, references forward.
with recursive t(id, up) as (select film_id, null::int from film where film_id = 1 union all select f.film_id, t.id from film f join t on f.film_id = t.id + 1 where f.film_id < 6) search breadth first by id set o select id, up, o from t order by o;
with recursive t(a, b) as (values (1, 2) union all select e.x, e.y from (values (2, 3), (3, 1)) e(x, y), t where e.x = t.b) cycle a set again to 'Y' default 'N' using way select * from t order by a, way;
with recursive t(a) as (select 0 union all select (a + 1) % 4 from t where not again) search depth first by a set o cycle a set again using way select a, again, way from t order by o;
with recursive x(id) as (select * from y union all select id + 1 from x where id < 5), y(id) as (values (1)) select * from x order by 1;
with recursive x(n) as (select n from x) select * from x;
with recursive x(n) as (select 1 intersect select n + 1 from x) select * from x;
with recursive x(n) as (select n from x union all select 1) select * from x;
with recursive x(n) as (select 1 from y), y(n) as (select 1 from x) select * from x;
with recursive t(a) as (select 1 union all select a + 1 from t where a < 3) search depth first by nope set o select * from t;
with t(a, b) as (select 1) select * from t;
select * from (select 1) as t(a, b);
select * from film f(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
with recursive t(n) as (with one as (select 1 as n) select n from one union all select t.n + 1 from t, one where t.n < 3) select * from t order by 1;

"""Connects with psycopg 3 and prints one JSON line for each thing tried.

Arguments: host port database user purpose table text-column key-column; the password comes from
PGPASSWORD. The caller compares the lines.
"""

import json
import os
import sys

import psycopg
from psycopg import sql

host, port, database, user, purpose, table, column, key = sys.argv[1:9]


def say(name, value):
    print(json.dumps({name: value}, default=str), flush=True)


def connect():
    return psycopg.connect(
        host=host,
        port=port,
        dbname=database,
        user=user,
        password=os.environ["PGPASSWORD"],
        options=f"-c remit.purpose={purpose}",
        sslmode=os.environ.get("PGSSLMODE", "prefer"),
    )


names = {
    "table": sql.Identifier(*table.split(".")),
    "column": sql.Identifier(column),
    "key": sql.Identifier(key),
}
by_key = sql.SQL("select {column} from {table} where {key} = %s order by 1").format(**names)
ordered = sql.SQL("select {key}, {column} from {table} order by 1, 2").format(**names)

with connect() as connection:
    say("parameter", connection.execute(by_key, (3,)).fetchall())
    say("binary", connection.execute(by_key, (3,), binary=True).fetchall())
    for _ in range(8):
        prepared = connection.execute(by_key, (3,), prepare=True).fetchall()
    say("prepared", prepared)
    with connection.cursor("named") as cursor:
        cursor.itersize = 7
        cursor.execute(ordered)
        say("server_cursor", len(cursor.fetchmany(5)) + len(cursor.fetchall()))
    with connection.cursor() as cursor:
        copy_text = sql.SQL("copy ({query}) to stdout").format(query=ordered)
        with cursor.copy(copy_text) as copy:
            say("copy", sum(1 for _ in copy.rows()))
    connection.commit()
    with connection.pipeline():
        cursors = [connection.execute(by_key, (number,)) for number in (1, 2, 3)]
    say("pipeline", [cursor.fetchall() for cursor in cursors])
    try:
        connection.execute("delete from {}".format(table))
    except psycopg.Error as error:
        say("delete", error.sqlstate)
    connection.rollback()
    try:
        connection.execute("select * from no_such_table")
    except psycopg.Error as error:
        say("unknown", error.sqlstate)
    connection.rollback()
    say("after_error", connection.execute("select 1").fetchone())
    description = connection.execute(ordered).description
    say("labels", [(part.name, part.type_code) for part in description])

from sqlalchemy import MetaData, Table, create_engine, func, inspect, select  # noqa: E402

engine = create_engine("postgresql+psycopg://", creator=connect)
inspector = inspect(engine)
schema, _, name = table.rpartition(".")
say("tables", sorted(inspector.get_table_names(schema=schema or "public")))
say("columns", [c["name"] for c in inspector.get_columns(name, schema=schema or "public")])
say("primary_key", inspector.get_pk_constraint(name, schema=schema or "public")["constrained_columns"])
inspector.get_indexes(name, schema=schema or "public")
inspector.get_foreign_keys(name, schema=schema or "public")
reflected = Table(name, MetaData(), schema=schema or "public", autoload_with=engine)
with engine.connect() as connection:
    say("reflected", connection.execute(select(func.count()).select_from(reflected)).scalar())

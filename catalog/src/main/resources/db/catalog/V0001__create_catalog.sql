-- What is registered, what was found there, and what people declared of it.
-- Everything about a column is keyed by (source, relation OID, attribute number), never by name.

create table catalog.head (
  only_row boolean primary key default true check (only_row),
  epoch bigint not null
);
insert into catalog.head (epoch) values (1);

create table catalog.source (
  name text primary key,
  host text not null,
  port integer not null check (port between 1 and 65535),
  database_name text not null,
  user_name text not null,
  tls_mode text not null,
  sealed_password bytea not null,
  scan_number bigint not null default 0,
  scanned_at timestamptz,
  schemas text[] not null default '{}',
  types jsonb not null default '[]'
);

-- One scanned relation with the tags the classifier suggested, as JSON of the model's record.
create table catalog.relation (
  source text not null references catalog.source on delete cascade,
  oid bigint not null,
  structure jsonb not null,
  primary key (source, oid)
);

-- What a person said of a column's tags. A rejected tag is a suggestion refused; the rejected tag
-- '*' refuses every suggestion for the column.
create table catalog.column_tag (
  source text not null,
  oid bigint not null,
  column_number integer not null,
  tag text not null,
  rejected boolean not null,
  primary key (source, oid, column_number, tag),
  foreign key (source, oid) references catalog.relation on delete cascade
);

create table catalog.table_declaration (
  source text not null,
  oid bigint not null,
  owner text,
  subject_key integer[] not null default '{}',
  residency_column integer,
  retention_column integer,
  retention_keep text,
  retention_zone text,
  primary key (source, oid),
  foreign key (source, oid) references catalog.relation on delete cascade,
  check ((retention_column is null) = (retention_keep is null)),
  check ((retention_column is null) = (retention_zone is null))
);

create table catalog.purpose (
  code text primary key,
  title text not null,
  basis text not null,
  description text not null
);

create table catalog.category (
  name text primary key,
  personal boolean not null,
  description text not null
);

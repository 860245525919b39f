-- Who may do what: principals, their secrets as verifiers, and policies as they were applied.

create table revision (
  only_row boolean primary key default true check (only_row),
  value    bigint not null
);
insert into revision (value) values (1);

create table user_account (
  name       text primary key,
  salt       bytea not null,
  iterations integer not null check (iterations >= 4096),
  stored_key bytea not null check (octet_length(stored_key) = 32),
  server_key bytea not null check (octet_length(server_key) = 32),
  created_at timestamptz not null
);

create table user_attribute (
  user_name text not null references user_account on delete cascade,
  key       text not null,
  value     text not null,
  primary key (user_name, key)
);

create table group_membership (
  group_name text not null,
  user_name  text not null references user_account on delete cascade,
  primary key (group_name, user_name)
);

create table role_membership (
  role_name   text not null,
  member_kind text not null check (member_kind in ('user', 'group', 'role')),
  member_name text not null,
  primary key (role_name, member_kind, member_name)
);

create table access_token (
  id         text primary key,
  user_name  text not null references user_account on delete cascade,
  audience   text not null,
  digest     bytea not null unique check (octet_length(digest) = 32),
  salt       bytea not null,
  iterations integer not null check (iterations >= 4096),
  stored_key bytea not null check (octet_length(stored_key) = 32),
  server_key bytea not null check (octet_length(server_key) = 32),
  issued_at  timestamptz not null,
  expires_at timestamptz not null
);

create table policy_definition (
  id         bigint generated always as identity primary key,
  source     text not null,
  name       text not null,
  form       text not null check (form in ('SHORT', 'RANGER')),
  definition jsonb not null,
  applied_at timestamptz not null,
  unique (source, name)
);

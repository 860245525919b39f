-- Bearer tokens of the HTTP interface: digests only.
create table api_token (
  id bigint generated always as identity primary key,
  principal text not null check (principal <> ''),
  digest bytea not null unique check (length(digest) = 32),
  issued_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);

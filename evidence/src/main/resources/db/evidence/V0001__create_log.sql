-- The log: one head, leaves, full tiles of the tree, signed checkpoints; bodies and inbox beside it.
-- head moves by compare-and-set only; leaf, tile and checkpoint are append-only, for the owner too.

create table head (
  only_row boolean primary key default true check (only_row),
  origin text not null,
  size bigint not null check (size >= 0),
  edge bytea not null -- compact range: roots of the perfect subtrees, left to right, 32 bytes each
) with (fillfactor = 10);

create table leaf (
  leaf_index bigint primary key check (leaf_index >= 0),
  hash bytea not null check (length(hash) = 32),
  kind text not null,
  occurred_at timestamptz not null,
  entry bytea not null check (length(entry) <= 65535) -- the leaf's bytes: canonical JSON
);
create index leaf_by_kind on leaf (kind, leaf_index);

create table tile (
  level smallint not null check (level between 0 and 7),
  tile_index bigint not null check (tile_index >= 0),
  hashes bytea not null check (length(hashes) = 8192), -- 256 hashes of 32 bytes
  root bytea not null check (length(root) = 32),
  primary key (level, tile_index)
);

create table checkpoint (
  size bigint primary key check (size >= 0),
  note text not null,
  signed_at timestamptz not null
);

create table body (
  leaf_index bigint primary key,
  occurred_at timestamptz not null,
  correlation text,
  disclosures bytea not null -- JSON array of [salt, name, value]
);
create index body_by_correlation on body (correlation, leaf_index) where correlation is not null;
create index body_by_time on body using brin (occurred_at);

create table inbox (
  inbox_id bigint generated always as identity primary key,
  hash bytea not null,
  kind text not null,
  occurred_at timestamptz not null,
  correlation text,
  entry bytea not null,
  disclosures bytea not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on evidence.% is refused: the log is append-only', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

create trigger leaf_is_append_only before update or delete or truncate on leaf
  for each statement execute function refuse_change();
create trigger tile_is_append_only before update or delete or truncate on tile
  for each statement execute function refuse_change();
create trigger checkpoint_is_append_only before update or delete or truncate on checkpoint
  for each statement execute function refuse_change();
create trigger head_is_kept before delete or truncate on head
  for each statement execute function refuse_change();

create function refuse_shrinking() returns trigger language plpgsql as $$
begin
  if new.size <= old.size or new.origin <> old.origin then
    raise exception 'the head of the log only moves forward, under one origin'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create trigger head_moves_forward before update on head
  for each row execute function refuse_shrinking();

revoke all on head, leaf, tile, checkpoint, body, inbox from public;
revoke update, delete, truncate on leaf, tile, checkpoint from current_user;
revoke delete, truncate on head from current_user;

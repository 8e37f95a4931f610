/**
 * The tables of the spine; `$` stands for the schema. A sync is a small number in the hot tables and a name in the views. The hot tables (links,
 * changes, pending) have no foreign keys: a check per row would cost more than the row. Ids compare as bytes: by a language's rules it is slower,
 * and their order means nothing.
 */
export const spine: readonly string[] = [
  `create table $.runs (
    id bigint generated always as identity primary key,
    tenant text not null,
    kind text not null,          -- run or plan
    mode text not null,          -- full, incremental or the days of a window
    status text not null,        -- running, done, partial, failed, stopped or interrupted
    started timestamptz not null,
    completed timestamptz,
    error text,
    report jsonb
  )`,
  "create index on $.runs (tenant, id)",
  `create table $.run_streams (
    run bigint not null references $.runs on delete cascade,
    stream text not null,
    status text not null,
    started timestamptz not null,
    completed timestamptz,
    fetched bigint not null, inserted bigint not null, updated bigint not null, unchanged bigint not null,
    failed bigint not null, held bigint not null, deleted bigint not null,
    error text,
    primary key (run, stream)
  )`,
  `create table $.run_syncs (
    run bigint not null references $.runs on delete cascade,
    sync text not null,
    status text not null,
    started timestamptz not null,
    completed timestamptz,
    read bigint not null, filtered bigint not null, unchanged bigint not null, created bigint not null, updated bigint not null,
    deleted bigint not null, waiting bigint not null, held bigint not null, failed bigint not null,
    error text,
    primary key (run, sync)
  )`,
  `create table $.failed_pages (
    run bigint not null references $.runs on delete cascade,
    stream text not null,
    page bigint not null,
    position jsonb,
    error text not null,
    at timestamptz not null default now()
  )`,
  `create table $.leases (
    tenant text not null,
    scope text not null,         -- stream:connection.stream or sync:name
    token bigint not null,       -- rises with every holder; a commit under an old one is refused
    owner text not null,
    run bigint not null,
    expires timestamptz not null,
    primary key (tenant, scope)
  )`,
  `create table $.streams (
    tenant text not null,
    stream text not null,
    version bigint not null,     -- rises with every commit that changed landed records
    cursor text,                 -- all changes up to here were read
    reading jsonb,               -- the read under way: where it goes on after a stop
    last_total bigint,
    listed timestamptz,          -- when a listing last proved complete
    primary key (tenant, stream)
  )`,
  `create table $.syncs (
    id integer generated always as identity primary key,
    tenant text not null,
    name text not null,
    hash text,                          -- of the spec by which the landed records were decided
    version bigint not null default 0,  -- of the source stream, decided up to here
    unique (tenant, name)
  )`,
  'create table $.seen (tenant text not null, stream text not null, id text collate "C" not null)',
  `create table $.links (
    sync integer not null,
    source_id text collate "C" not null,
    target_id text collate "C" not null,
    primary key (sync, source_id),
    unique (sync, target_id)
  )`,
  `create table $.changes (
    id bigint generated always as identity,
    sync integer not null,
    run bigint not null,
    source_id text collate "C" not null,
    target_id text collate "C",
    operation text not null,     -- create, update or delete
    state text not null,         -- intended, done, refused or settled
    before json,                 -- json and not jsonb: written with every change, read seldom
    after json,
    at timestamptz not null default now()
  )`,
  "create index on $.changes (sync, source_id)",
  `create table $.pending (
    sync integer not null,
    source_id text collate "C" not null,
    state text not null,         -- changed, waiting, held or failed
    code text,
    reason text,
    field text,
    waits_for_sync integer,
    waits_for_id text collate "C",
    run bigint,
    since timestamptz not null default now(),
    primary key (sync, source_id)
  )`,
  "create index on $.pending (waits_for_sync, waits_for_id)",
  ...["held", "waiting", "failed"].map(
    (state) => `create view $.${state} as
      select s.tenant, s.name as sync, p.source_id, p.code, p.reason, p.field, w.name as waits_for_sync, p.waits_for_id, p.since, p.run
      from $.pending p join $.syncs s on s.id = p.sync left join $.syncs w on w.id = p.waits_for_sync where p.state = '${state}'`,
  ),
  "create view $.linked as select s.tenant, s.name as sync, l.source_id, l.target_id from $.links l join $.syncs s on s.id = l.sync",
  `create view $.trail as
    select c.id, s.tenant, s.name as sync, c.run, c.source_id, c.target_id, c.operation, c.state, c.before, c.after, c.at
    from $.changes c join $.syncs s on s.id = c.sync`,
  `create view $.sync_log as
    select r.tenant, p.run, p.stream, p.started, p.completed, p.status, p.fetched, p.inserted, p.updated, p.unchanged, p.failed, p.held, p.deleted, p.error
    from $.run_streams p join $.runs r on r.id = p.run`,
  `create view $.recent_activity as
    select tenant, id as run, kind, mode, status, started, completed, completed - started as took, error from $.runs order by id desc limit 100`,
];

/** What it takes to ask first, to protect what people typed, and to take a run back. */
export const safety: readonly string[] = [
  "alter table $.runs add column by text, add column plan text, add column of_run bigint, add column specs jsonb",
  "alter table $.changes add column why json",
  // A run's writes lie together in the trail: a few block ranges find them.
  "create index on $.changes using brin (run)",
  `create table $.remembered (
    sync integer not null,
    source_id text collate "C" not null,
    highest text,                -- the furthest stage that was ever seen
    written json not null,       -- by protected field, what the sync last wrote
    wanted json not null,        -- by protected field, what the source last asked for
    human text[] not null,       -- fields that belong to a person until released
    primary key (sync, source_id)
  )`,
  `create table $.rulings (
    sync integer not null,
    source_id text collate "C" not null,
    ruling text not null,        -- ignore or create
    by text not null,
    at timestamptz not null default now(),
    primary key (sync, source_id)
  )`,
  `create table $.plans (
    id text primary key,
    tenant text not null,
    kind text not null,          -- sync or rollback
    status text not null,        -- ready, asks, applied, partly applied or superseded
    run bigint not null,         -- that made it
    of_run bigint,               -- that a rollback takes back
    created timestamptz not null,
    expires timestamptz not null,
    hash text not null,          -- of all its rows: what an approval is about
    specs jsonb not null,        -- sync -> hash of its spec
    summary jsonb not null,
    approved_by text,
    approved_at timestamptz,
    approved_hash text
  )`,
  "create index on $.plans (tenant, created)",
  `create table $.plan_rows (
    plan text not null references $.plans on delete cascade,
    n bigint not null,
    sync integer not null,
    source_id text not null,
    target_id text,
    operation text not null,     -- create, update, delete, keep, hold or wait
    before json,
    after json,
    fingerprint text not null,   -- of what the plan found at the target
    code text,
    reason text not null,
    notes json,
    primary key (plan, n)
  )`,
  "create index on $.plan_rows (plan, sync, source_id)",
  `create or replace view $.trail as
    select c.id, s.tenant, s.name as sync, c.run, c.source_id, c.target_id, c.operation, c.state, c.before, c.after, c.at, c.why, r.by
    from $.changes c join $.syncs s on s.id = c.sync left join $.runs r on r.id = c.run`,
  `create view $.resolved as
    select s.tenant, s.name as sync, r.source_id, r.ruling, r.by, r.at from $.rulings r join $.syncs s on s.id = r.sync`,
];

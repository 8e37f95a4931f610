import type { Knex } from "knex";

/** The tables of the spine. Counters are bigint, moments timestamptz; a sync is a small number in the hot tables and a name in the views. */
export async function spine(knex: Knex, schema: string): Promise<void> {
  const tables = knex.schema.withSchema(schema);
  await runTables(tables);
  await stateTables(tables);
  await recordTables(tables, schema);
  for (const view of views(schema)) await knex.raw(view);
}

async function runTables(tables: Knex.SchemaBuilder): Promise<void> {
  await tables.createTable("runs", (table) => {
    table.bigIncrements("id");
    table.text("tenant").notNullable();
    table.text("kind").notNullable().comment("run or plan");
    table.text("mode").notNullable().comment("full, incremental or the days of a window");
    table.text("status").notNullable().comment("running, done, partial, failed, stopped or interrupted");
    table.timestamp("started").notNullable();
    table.timestamp("completed");
    table.text("error");
    table.jsonb("report");
    table.index(["tenant", "id"]);
  });
  for (const [name, part] of [
    ["run_streams", "stream"],
    ["run_syncs", "sync"],
  ] as const) {
    await tables.createTable(name, (table) => {
      table.bigInteger("run").notNullable().references("id").inTable("runs").onDelete("cascade");
      table.text(part).notNullable();
      table.text("status").notNullable();
      table.timestamp("started").notNullable();
      table.timestamp("completed");
      const counts = part === "stream" ? ["fetched", "inserted", "updated", "unchanged", "failed", "held", "deleted"] : ["read", "filtered", "unchanged", "created", "updated", "deleted", "waiting", "held", "failed"];
      for (const count of counts) table.bigInteger(count).notNullable().defaultTo(0);
      table.text("error");
      table.primary(["run", part]);
    });
  }
  await tables.createTable("failed_pages", (table) => {
    table.bigInteger("run").notNullable().references("id").inTable("runs").onDelete("cascade");
    table.text("stream").notNullable();
    table.bigInteger("page").notNullable();
    table.jsonb("position");
    table.text("error").notNullable();
    table.timestamp("at").notNullable().defaultTo("now()");
  });
}

async function stateTables(tables: Knex.SchemaBuilder): Promise<void> {
  await tables.createTable("leases", (table) => {
    table.text("tenant").notNullable();
    table.text("scope").notNullable().comment("stream:connection.stream or sync:name");
    table.bigInteger("token").notNullable().comment("rises with every holder; a commit under an old one is refused");
    table.text("owner").notNullable();
    table.bigInteger("run").notNullable();
    table.timestamp("expires").notNullable();
    table.primary(["tenant", "scope"]);
  });
  await tables.createTable("streams", (table) => {
    table.text("tenant").notNullable();
    table.text("stream").notNullable();
    table.bigInteger("version").notNullable().defaultTo(0).comment("rises with every commit that changed landed records");
    table.text("cursor").comment("all changes up to here were read");
    table.jsonb("reading").comment("the read under way: where it goes on after a stop");
    table.bigInteger("last_total");
    table.timestamp("listed").comment("when a listing last proved complete");
    table.primary(["tenant", "stream"]);
  });
  await tables.createTable("syncs", (table) => {
    table.increments("id");
    table.text("tenant").notNullable();
    table.text("name").notNullable();
    table.text("hash").comment("of the spec by which the landed records were decided");
    table.bigInteger("version").notNullable().defaultTo(0).comment("of the source stream, decided up to here");
    table.unique(["tenant", "name"]);
  });
  await tables.createTable("seen", (table) => {
    table.text("tenant").notNullable();
    table.text("stream").notNullable();
    table.text("id").notNullable();
    table.index(["tenant", "stream"]);
  });
}

async function recordTables(tables: Knex.SchemaBuilder, schema: string): Promise<void> {
  const sync = (table: Knex.CreateTableBuilder) => table.integer("sync").notNullable().references("id").inTable(`${schema}.syncs`);
  await tables.createTable("links", (table) => {
    sync(table);
    table.text("source_id").notNullable();
    table.text("target_id").notNullable();
    table.primary(["sync", "source_id"]);
    table.unique(["sync", "target_id"]);
  });
  await tables.createTable("changes", (table) => {
    table.bigIncrements("id");
    sync(table);
    table.bigInteger("run").notNullable();
    table.text("source_id").notNullable();
    table.text("target_id");
    table.text("operation").notNullable().comment("create, update, delete");
    table.text("state").notNullable().comment("intended, done, refused or settled");
    table.jsonb("before");
    table.jsonb("after");
    table.timestamp("at").notNullable().defaultTo("now()");
    table.index(["sync", "source_id"]);
  });
  await tables.createTable("pending", (table) => {
    sync(table);
    table.text("source_id").notNullable();
    table.text("state").notNullable().comment("changed, waiting, held or failed");
    table.text("code");
    table.text("reason");
    table.text("field");
    table.integer("waits_for_sync");
    table.text("waits_for_id");
    table.bigInteger("run");
    table.timestamp("since").notNullable().defaultTo("now()");
    table.primary(["sync", "source_id"]);
    table.index(["waits_for_sync", "waits_for_id"]);
  });
}

function views(schema: string): string[] {
  const of = (name: string) => `"${schema.replaceAll('"', '""')}".${name}`;
  const pending = (state: string) =>
    `select s.tenant, s.name as sync, p.source_id, p.code, p.reason, p.field, w.name as waits_for_sync, p.waits_for_id, p.since, p.run
     from ${of("pending")} p join ${of("syncs")} s on s.id = p.sync left join ${of("syncs")} w on w.id = p.waits_for_sync where p.state = '${state}'`;
  return [
    `create view ${of("held")} as ${pending("held")}`,
    `create view ${of("waiting")} as ${pending("waiting")}`,
    `create view ${of("failed")} as ${pending("failed")}`,
    `create view ${of("linked")} as select s.tenant, s.name as sync, l.source_id, l.target_id from ${of("links")} l join ${of("syncs")} s on s.id = l.sync`,
    `create view ${of("trail")} as select c.id, s.tenant, s.name as sync, c.run, c.source_id, c.target_id, c.operation, c.state, c.before, c.after, c.at
     from ${of("changes")} c join ${of("syncs")} s on s.id = c.sync`,
    `create view ${of("sync_log")} as select r.tenant, p.run, p.stream, p.started, p.completed, p.status, p.fetched, p.inserted, p.updated, p.unchanged, p.failed, p.held, p.deleted, p.error
     from ${of("run_streams")} p join ${of("runs")} r on r.id = p.run`,
    `create view ${of("recent_activity")} as select r.tenant, r.id as run, r.kind, r.mode, r.status, r.started, r.completed, r.completed - r.started as took, r.error
     from ${of("runs")} r order by r.id desc limit 100`,
  ];
}

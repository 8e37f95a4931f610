import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { openPg } from "@fieldwright/connector-kit/sql";
import { expect, inject, test } from "vitest";

const script = join(import.meta.dirname, "killed-run.ts");
const points = 10;

function runKilled(task: { name: string; killAt: number; target: string }): { killed: boolean; statements: number; status: string } {
  const child = spawnSync(
    process.execPath,
    ["--conditions=fieldwright-source", "--import", "tsx", script, JSON.stringify({ ...task, url: inject("databaseUrl") })],
    { encoding: "utf8" },
  );
  if (child.signal === "SIGKILL") return { killed: true, statements: 0, status: "" };
  if (child.status !== 0) throw new Error(child.stderr);
  return { killed: false, ...(JSON.parse(child.stdout) as { statements: number; status: string }) };
}

// "things" has a generated key, so a write that were done twice would make a twin.
test.each(["in the store", "elsewhere"])(
  "killed between any two steps and run again gives the tables of an uninterrupted run, target %s",
  async (target) => {
    const database = openPg({ url: inject("databaseUrl") });
    const prefix = `k${process.pid}_${target.length}`;
    const prepare = async (name: string) => {
      await database.run(`create schema ${name}; create table ${name}.kinds (id bigint primary key, title text);
        create table ${name}.things (id bigint generated always as identity primary key, code bigint, name text, kind_id bigint references ${name}.kinds)`);
    };
    const tables = async (name: string) => ({
      things: await database.query(`select code, name, kind_id from ${name}.things order by code`),
      kinds: await database.query(`select * from ${name}.kinds order by id`),
      links: await database.query(
        `select s.name, l.source_id, t.code from ${name}_state.links l join ${name}_state.syncs s on s.id = l.sync left join ${name}.things t on s.name = 'things' and t.id::text = l.target_id order by 1, 2`,
      ),
      pending: await database.query(`select source_id, state from ${name}_state.pending`),
    });
    const drop = (name: string) => database.run(`drop schema ${name}, ${name}_state, ${name}_landing cascade`);

    const twin = `${prefix}_twin`;
    await prepare(twin);
    const whole = runKilled({ name: twin, killAt: 0, target });
    expect(whole.status).toBe("done");
    const wanted = await tables(twin);
    expect(wanted.things).toHaveLength(90);

    for (let point = 0; point < points; point++) {
      const name = `${prefix}_${point}`;
      await prepare(name);
      // Spread over the run, and never the same step of a page: 1 more each time.
      const killAt = 12 + Math.floor(((whole.statements - 12) * point) / points) + (point % 5);
      const first = runKilled({ name, killAt, target });
      const second = runKilled({ name, killAt: 0, target });
      expect(second.status, `after a kill at statement ${killAt}`).toBe("done");
      expect(await tables(name), `after a kill at statement ${killAt}`).toEqual(wanted);
      expect(first.killed).toBe(true);
      await drop(name);
    }
    await drop(twin);
    await database.close();
  },
  300_000,
);

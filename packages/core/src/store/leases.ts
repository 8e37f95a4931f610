import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import { FieldwrightError } from "../problem.js";
import { isAlive } from "./lock-folder.js";
import type { Store } from "./open-store.js";

const leaseSeconds = 30;
const heartbeatMs = 8_000;
/** host:process:engine, so that a lease left by a killed process on this host is known at once. */
const self = `${hostname()}:${process.pid}:${randomBytes(4).toString("hex")}`;
/** Leases of runs that are alive in this process: one that is this process' own but not here was left when its database went away. */
const active = new Set<string>();

export interface Lease {
  /** To be called in every transaction before it writes: its next statement throws when another process has taken over. */
  fence(session: SqlSession, scope: string): void;
  release(): Promise<void>;
}

/** Takes all `scopes` for a run, or none. A scope is held by one run at a time. */
export async function takeLease(
  store: Store,
  run: number,
  options: { readonly scopes: readonly string[]; readonly onLost: (error: Error) => void },
): Promise<Lease> {
  const tokens = new Map<string, number>();
  await store.database.transaction(async (session) => {
    for (const scope of [...options.scopes].sort()) tokens.set(scope, await takeScope(store, session, { scope, run }));
  });
  const table = store.table("leases");
  const names = [...tokens].map(([scope, token]) => leaseName(run, scope, token));
  for (const name of names) active.add(name);
  const extend = `update ${table} set expires = now() + interval '${leaseSeconds} seconds' where tenant = $1 and scope = $2 and token = $3`;
  const values = (scope: string) => [store.tenant, scope, tokens.get(scope)];
  const mustBeHeld = (scope: string, touched: number) => {
    if (touched !== 1) throw fenced(scope);
  };
  const heartbeat = setInterval(() => {
    const all = [...tokens.keys()].map(async (scope) => mustBeHeld(scope, await store.database.run(extend, values(scope))));
    Promise.all(all).catch((error: unknown) => {
      if (error instanceof FieldwrightError) options.onLost(error); // a database that is away shows at the next commit
    });
  }, heartbeatMs);
  heartbeat.unref();
  return {
    fence: (session, scope) => session.later(extend, values(scope), (touched) => mustBeHeld(scope, touched)),
    release: async () => {
      clearInterval(heartbeat);
      for (const name of names) active.delete(name);
      const held = [...tokens.entries()];
      for (const [scope, token] of held) {
        await store.database.run(`update ${table} set expires = now() where tenant = $1 and scope = $2 and token = $3`, [
          store.tenant,
          scope,
          token,
        ]);
      }
    },
  };
}

async function takeScope(store: Store, session: SqlSession, wanted: { scope: string; run: number }): Promise<number> {
  const table = store.table("leases");
  const [holder] = await session.query<{ owner: string; run: number; token: number; expires: string; live: boolean }>(
    `select owner, run, token, expires, expires > now() as live from ${table} where tenant = $1 and scope = $2 for update`,
    [store.tenant, wanted.scope],
  );
  if (holder?.live && !isGone(holder.owner, leaseName(holder.run, wanted.scope, holder.token))) throw taken(wanted.scope, holder);
  if (holder && holder.run !== wanted.run) await markInterrupted(store, session, holder.run);
  const [row] = await session.query<{ token: number }>(
    `insert into ${table} as l (tenant, scope, token, owner, run, expires) values ($1, $2, 1, $3, $4, now() + interval '${leaseSeconds} seconds')
     on conflict (tenant, scope) do update set token = l.token + 1, owner = excluded.owner, run = excluded.run, expires = excluded.expires returning token`,
    [store.tenant, wanted.scope, self, wanted.run],
  );
  return row?.token ?? 0;
}

/** A run whose lease is taken over has ended without saying so. */
async function markInterrupted(store: Store, session: SqlSession, run: number): Promise<void> {
  await session.run(
    `update ${store.table("runs")} set status = 'interrupted', completed = now(), error = 'The process ended in the middle. The next run goes on from the last committed page.'
     where id = $1 and status = 'running'`,
    [run],
  );
}

function leaseName(run: number, scope: string, token: number): string {
  return `${run} ${scope} ${token}`;
}

function isGone(owner: string, lease: string): boolean {
  if (owner === self) return !active.has(lease);
  const [host, pid] = owner.split(":");
  return host === hostname() && !isAlive(Number(pid));
}

function taken(scope: string, holder: { owner: string; run: number; expires: string }): FieldwrightError {
  const [host, pid] = holder.owner.split(":");
  return new FieldwrightError(
    "run/busy",
    `${scope.replace(":", " ")} is being run already: by run ${holder.run}, process ${pid} on ${host}.`,
    {
      hint: `Wait until it has finished. If that machine is gone, its hold ends at ${holder.expires}.`,
    },
  );
}

function fenced(scope: string): FieldwrightError {
  return new FieldwrightError(
    "run/fenced",
    `Another process has taken over ${scope.replace(":", " ")}, so this one stops without writing.`,
    {
      hint: "This happens when a process was asleep for longer than its hold. Look at `fieldwright history` for the run that goes on.",
    },
  );
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { CollectionDefinition } from "../../../packages/connector-payload/simulator/collections.js";

export interface RealServer {
  /** Ends in /api. */
  readonly url: string;
  readonly databaseUrl: string;
  /** Ends the process at once; its database stays. */
  kill(): void;
  stop(): Promise<void>;
}

export interface RealSetup {
  /** Of a Postgres in which a database can be made. */
  readonly postgresUrl: string;
  readonly collections: readonly CollectionDefinition[];
  readonly user: { readonly email: string; readonly password: string; readonly apiKey: string };
  /** Payload's own options of an auth collection, such as `tokenExpiration` in seconds. */
  readonly auth?: Readonly<Record<string, unknown>>;
  readonly idType?: "serial" | "uuid";
}

const folder = fileURLToPath(new URL("..", import.meta.url));

/** Payload in a process and a database of its own: a database that other collections have lived in would make it ask on the terminal. */
export async function startRealServer({ postgresUrl, user, ...setup }: RealSetup): Promise<RealServer> {
  const name = `payload_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  await onPostgres(postgresUrl, `create database ${name}`);
  const databaseUrl = Object.assign(new URL(postgresUrl), { pathname: `/${name}` }).href;
  const users = [{ email: user.email, password: user.password, enableAPIKey: true, apiKey: user.apiKey }];
  const child = spawn(process.execPath, ["src/serve.mjs"], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: "development", NODE_OPTIONS: "", SETUP: JSON.stringify({ ...setup, databaseUrl, users }) },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const url = await urlOf(child);
  return {
    url,
    databaseUrl,
    kill: () => void child.kill("SIGKILL"),
    async stop() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      await onPostgres(postgresUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

/** The first line of JSON; what Payload says before and after is for its log. */
async function urlOf(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  child.stderr?.on("data", (data: Buffer) => void said.push(data.toString()));
  if (child.stdout === null) throw new Error("The server has no output.");
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    if (line.startsWith('{"url"')) {
      child.stdout.resume();
      return (JSON.parse(line) as { readonly url: string }).url;
    }
    said.push(line);
  }
  throw new Error(`Payload did not start:\n${said.join("\n")}`);
}

async function onPostgres(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

// The other end of ask-now.ts: answers one request after the other while the asking thread stands still.

import { workerData } from "node:worker_threads";
import pg from "pg";

const { port, signal, databaseUrl } = workerData;
const bell = new Int32Array(signal);
const database = new pg.Client({ connectionString: databaseUrl });
const open = database.connect();

port.on("message", async ({ sql, values, url, init }) => {
  let answer;
  try {
    await open;
    if (sql !== undefined) answer = { rows: (await database.query(sql, values)).rows };
    else {
      const response = await fetch(url, init);
      answer = { status: response.status, body: await response.json() };
    }
  } catch (error) {
    answer = { error: String(error) };
  }
  port.postMessage(answer);
  Atomics.store(bell, 0, 1);
  Atomics.notify(bell, 0);
});

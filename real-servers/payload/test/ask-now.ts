import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

export interface AskNow {
  /** The rows of a statement on the server's database. */
  sql(text: string, values?: readonly unknown[]): readonly Readonly<Record<string, unknown>>[];
  /** The body of an answer below 400. */
  http(url: string, init?: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string }): unknown;
  close(): Promise<void>;
}

/**
 * Questions whose answers come at once. A simulator holds its truth in memory and tells it without waiting; here the truth is in the
 * server's database, so this thread stands still until another one has asked for it.
 */
export function openAskNow(databaseUrl: string): AskNow {
  const { port1, port2 } = new MessageChannel();
  const signal = new SharedArrayBuffer(4);
  const bell = new Int32Array(signal);
  const worker = new Worker(new URL("../src/ask-now.mjs", import.meta.url), {
    workerData: { port: port2, signal, databaseUrl },
    transferList: [port2],
  });
  const ask = (question: unknown): Readonly<Record<string, unknown>> => {
    Atomics.store(bell, 0, 0);
    port1.postMessage(question);
    if (Atomics.wait(bell, 0, 0, 60_000) === "timed-out") throw new Error(`No answer came to ${JSON.stringify(question)}.`);
    const answer = receiveMessageOnPort(port1)?.message as Readonly<Record<string, unknown>>;
    if (answer.error !== undefined) throw new Error(String(answer.error));
    return answer;
  };
  return {
    sql: (sql, values = []) => ask({ sql, values }).rows as readonly Readonly<Record<string, unknown>>[],
    http(url, init) {
      const { status, body } = ask({ url, init });
      if (Number(status) >= 400) throw new Error(`${init?.method ?? "GET"} ${url} was answered with ${status}: ${JSON.stringify(body)}`);
      return body;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}

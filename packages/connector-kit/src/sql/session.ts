/** One connection to a Postgres, inside a transaction or not. */
export interface SqlSession {
  /** Rows by column name. Values as `SqlDatabase` says. */
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Rows touched. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
  /** `COPY target FROM STDIN` in text format; `lines` as made by `copyLine`. Rows copied. */
  copyIn(target: string, columns: readonly string[], lines: string): Promise<number>;
  /**
   * A statement that nobody waits for: it goes along with the next one, in one round trip, and its error comes with that one. `check` sees the
   * rows it touched, and may throw; it is asked before anything is committed. Only inside a transaction.
   */
  later(text: string, values?: readonly unknown[], check?: (touched: number) => void): void;
  /** A result too large for memory, `size` rows at a time, through a server-side cursor. Only inside a transaction. */
  stream(text: string, values: readonly unknown[], size: number): AsyncIterable<readonly Record<string, unknown>[]>;
}

/**
 * A Postgres, however it is reached. The same SQL runs on a server and on the embedded one.
 * Values out: int2/int4/float as number, int8 as number where safe and else as text, numeric as text, json parsed,
 * timestamptz as ISO text in UTC with all its microseconds, timestamp as ISO text without a zone, date and time as text.
 */
export interface SqlDatabase extends SqlSession {
  /** For messages; holds no secret. */
  readonly name: string;
  readonly kind: "server" | "embedded";
  /** Commits when `work` returns, rolls back when it throws. */
  transaction<T>(work: (session: SqlSession) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

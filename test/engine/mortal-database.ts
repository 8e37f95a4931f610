import type { SqlDatabase, SqlSession } from "@fieldwright/connector-kit/sql";

/** A database whose process dies by SIGKILL just before its n-th statement; with 0 it only counts. */
export function mortalDatabase(database: SqlDatabase, killAt: number): { readonly database: SqlDatabase; statements(): number } {
  let statements = 0;
  const counting = <T>(statement: () => T): T => {
    statements++;
    if (statements === killAt) process.kill(process.pid, "SIGKILL");
    return statement();
  };
  const counted = (session: SqlSession): SqlSession => ({
    query: (text, values) => counting(() => session.query(text, values)),
    run: (text, values) => counting(() => session.run(text, values)),
    copyIn: (target, columns, lines) => counting(() => session.copyIn(target, columns, lines)),
    later: (text, values, check) => counting(() => session.later(text, values, check)),
    stream: (text, values, size) => session.stream(text, values, size),
  });
  const mortal = {
    ...database,
    ...counted(database),
    transaction: <T>(work: (session: SqlSession) => Promise<T>) => database.transaction((session) => work(counted(session))),
  };
  return { database: mortal, statements: () => statements };
}

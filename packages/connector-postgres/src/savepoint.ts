import type { SqlSession } from "@fieldwright/connector-kit/sql";

/** Runs `work` so that its failure leaves the transaction usable and as it was. */
export async function inSavepoint<T>(session: SqlSession, work: () => Promise<T>): Promise<T> {
  session.later("savepoint fieldwright_batch");
  try {
    const result = await work();
    session.later("release savepoint fieldwright_batch");
    return result;
  } catch (error) {
    // On a lost connection this fails too, and the first error is the one to tell.
    await session.run("rollback to savepoint fieldwright_batch; release savepoint fieldwright_batch").catch(() => undefined);
    throw error;
  }
}

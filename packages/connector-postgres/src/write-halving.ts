import type { Outcome, VendorError } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import { inSavepoint } from "./savepoint.js";
import { isAboutData } from "./trouble.js";

/** The statement went through, and yet not every row was written: a trigger dropped some. */
export class RowsDropped extends Error {}

export interface Writing<Item> {
  readonly write: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  readonly refused: (item: Item, error: unknown) => VendorError;
}

/** Writes a batch. When the database refuses it, it is halved until each bad record stands alone, so that all good ones get in. */
export async function writeHalving<Item>(session: SqlSession, items: readonly Item[], writing: Writing<Item>): Promise<readonly Outcome[]> {
  const [first] = items;
  if (first === undefined) return [];
  try {
    return await inSavepoint(session, () => writing.write(items));
  } catch (error) {
    if (!isAboutData(error) && !(error instanceof RowsDropped)) throw error;
    if (items.length === 1) return [{ ok: false, error: writing.refused(first, error) }];
    const middle = items.length >> 1;
    const left = await writeHalving(session, items.slice(0, middle), writing);
    return [...left, ...(await writeHalving(session, items.slice(middle), writing))];
  }
}

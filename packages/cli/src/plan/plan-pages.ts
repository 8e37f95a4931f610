import type { Engine, PlannedChange } from "@fieldwright/core";

const changesPerPage = 500;

/** Every change of a kept plan in its order, a page at a time: a plan of any size takes no more memory than a page. */
export async function* planPages(engine: Pick<Engine, "changes">, plan: string): AsyncGenerator<readonly PlannedChange[]> {
  for (let after = 0; ; ) {
    const page = await engine.changes({ plan, after, limit: changesPerPage });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.n;
  }
}

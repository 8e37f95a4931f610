import { expect, test } from "vitest";
import { type Outcome, oneByOne, VendorError } from "../src/index.js";

const done = (key: string): Outcome => ({ ok: true, key, created: true });
const refusal = (next: VendorError["next"], inDoubt = false) =>
  new VendorError("It was refused.", { code: "x/refused", next, inDoubt, hint: "Look." });

test("gives each record its own outcome, in order, and one that is refused keeps none of the others back", async () => {
  const outcomes = await oneByOne(["a", "b", "c"], async (key) => {
    if (key === "b") throw refusal("hold-record");
    return done(key);
  });
  expect(outcomes).toMatchObject([
    { ok: true, key: "a" },
    { ok: false, error: { code: "x/refused" } },
    { ok: true, key: "c" },
  ]);
});

test("what stops the run stops the rest of the batch, which was never sent: none of it is in doubt", async () => {
  const sent: string[] = [];
  const outcomes = await oneByOne(["a", "b", "c"], async (key) => {
    sent.push(key);
    throw refusal("stop-run", true);
  });
  expect(sent).toEqual(["a"]);
  expect(outcomes.map((one) => !one.ok && [one.error.inDoubt, one.error.hint, one.error.message])).toEqual([
    [true, "Look.", "It was refused."],
    [false, "Look.", "Not tried, because one before it failed: It was refused."],
    [false, "Look.", "Not tried, because one before it failed: It was refused."],
  ]);
});

test("a write that is broken off may have arrived, and says so", async () => {
  const outcomes = await oneByOne(["a"], async () => {
    throw new DOMException("This operation was aborted", "AbortError");
  });
  expect(outcomes).toMatchObject([{ ok: false, error: { code: "write/broken-off", next: "stop-run", inDoubt: true } }]);
});

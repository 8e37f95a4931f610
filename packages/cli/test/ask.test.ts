import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { asksYes } from "../src/ask.js";

const people = { json: false };

/** A terminal at which these keys are typed. */
function deskWith(keys: string | undefined, isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = Object.assign(new PassThrough(), { isTTY });
  if (keys === undefined) input.end();
  else input.write(keys);
  return { input, output };
}

describe("a question", () => {
  it.each([
    ["y\n", true],
    [" YES \n", true],
    ["\n", false],
    ["n\n", false],
    ["yep, go on\n", false],
  ])("takes %j for %j: only a plain yes lets anything be written", async (keys, agreed) => {
    expect(await asksYes(people, "Carry it out?", deskWith(keys))).toBe(agreed);
  });

  it("takes a closed terminal for a no", async () => {
    expect(await asksYes(people, "Carry it out?", deskWith(undefined))).toBe(false);
  });

  it("is not asked where nobody sits, or where a program reads the answer", async () => {
    const nobody = deskWith("y\n", false);
    expect(await asksYes(people, "Carry it out?", nobody)).toBe(false);
    expect(await asksYes({ json: true }, "Carry it out?", deskWith("y\n"))).toBe(false);
    expect(nobody.output.read()).toBeNull();
  });
});

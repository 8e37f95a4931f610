import { expect, inject, test } from "vitest";
import { copyLine } from "../src/sql/index.js";

test("escapes what COPY reads as structure", () => {
  expect(copyLine(["a\tb", null, "c\\d\n", 5, true])).toBe("a\\tb\t\\N\tc\\\\d\\n\t5\tt\n");
  expect(inject("databaseUrl")).toContain("postgres");
});

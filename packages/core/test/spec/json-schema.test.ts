import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectJsonSchema } from "../../src/project/json-schema.js";
import { specJsonSchema } from "../../src/spec/json-schema.js";

describe("the schemas for editors", () => {
  for (const [name, schema] of [
    ["sync", specJsonSchema()],
    ["project", projectJsonSchema()],
  ] as const) {
    it(`schema/${name}.schema.json is what the validator says (scripts/schemas.ts writes it)`, () => {
      expect(JSON.parse(readFileSync(new URL(`../../schema/${name}.schema.json`, import.meta.url), "utf8"))).toEqual(schema);
    });

    it(`explains every word of a ${name} file, for the hover text`, () => {
      expect(wordsWithout(schema)).toEqual([]);
    });
  }

  it("leaves keys that start with `x-` free", () => {
    expect(specJsonSchema()).toMatchObject({ additionalProperties: false, patternProperties: { "^x-": {} } });
  });
});

function wordsWithout(schema: unknown, path = ""): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, each]) => {
    const own =
      key === "properties"
        ? Object.entries(each as object).flatMap(([word, part]) =>
            typeof (part as { description?: unknown }).description === "string" ? [] : [`${path}.${word}`],
          )
        : [];
    return [...own, ...wordsWithout(each, `${path}.${key}`)];
  });
}

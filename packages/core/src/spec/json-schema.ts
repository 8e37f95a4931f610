import { z } from "zod";
import { syncShape } from "./shape.js";

/** A JSON Schema, ready to be written to a file. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of a sync file, for editors: completion, hover texts, marks under wrong words. */
export function specJsonSchema(): JsonSchema {
  return editorSchema(syncShape, "A Fieldwright sync", "How records of one stream become records of another.");
}

/** Draft 7 is what editors' YAML support reads best. */
export function editorSchema(shape: z.ZodType, title: string, description: string): JsonSchema {
  const schema = z.toJSONSchema(shape, {
    io: "input",
    target: "draft-7",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      // Every key is text to us, but editors take `1:` for a number.
      delete jsonSchema.propertyNames;
      if (jsonSchema.properties !== undefined && jsonSchema.additionalProperties === false) jsonSchema.patternProperties = { "^x-": {} };
    },
  });
  return { $schema: "http://json-schema.org/draft-07/schema#", title, description, ...schema };
}

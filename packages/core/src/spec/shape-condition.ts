import { z } from "zod";

export type ScalarInput = string | number | boolean | null;

/** Path -> what its value must be; or `all`, `any`, `not`. */
export interface ConditionInput {
  readonly [path: string]: ScalarInput | readonly ScalarInput[] | TestInput | ConditionInput | readonly ConditionInput[];
}

export interface TestInput {
  readonly over?: number | string;
  readonly under?: number | string;
  readonly at_least?: number | string;
  readonly at_most?: number | string;
  readonly within?: string;
  readonly starts_with?: string;
  readonly ends_with?: string;
  readonly contains?: string;
  readonly any?: ConditionInput;
  readonly every?: ConditionInput;
  readonly none?: ConditionInput;
}

export const testWords = [
  "over",
  "under",
  "at_least",
  "at_most",
  "within",
  "starts_with",
  "ends_with",
  "contains",
  "any",
  "every",
  "none",
] as const;

const about: Readonly<Record<(typeof testWords)[number], string>> = {
  over: "More than this number; later than this date.",
  under: "Less than this number; earlier than this date.",
  at_least: "This number or more; this date or later.",
  at_most: "This number or less; this date or earlier.",
  within: "At most so long ago, or so far ahead. Example: `14 days`",
  starts_with: "Text that begins so.",
  ends_with: "Text that ends so.",
  contains: "Text that holds this.",
  any: "A list in which at least one member fits the condition.",
  every: "A list in which every member fits; false for an empty list.",
  none: "A list in which no member fits.",
};

const scalar = { type: ["string", "number", "boolean", "null"] };
const test = {
  type: "object",
  additionalProperties: false,
  properties: Object.fromEntries(testWords.map((name) => [name, { description: about[name] }])),
};

/** Read by `readCondition`, whose messages say more than a schema's; editors get the outline below. */
function condition(further: Readonly<Record<string, object>> = {}) {
  return z
    .custom<ConditionInput>((value) => typeof value === "object" && value !== null && !Array.isArray(value))
    .meta({
      type: "object",
      properties: {
        all: { type: "array", items: { type: "object" }, description: "Every one of these conditions holds." },
        any: { type: "array", items: { type: "object" }, description: "At least one of these conditions holds." },
        not: { type: "object", description: "This condition does not hold." },
        expr: {
          type: "string",
          description: "An expression (CEL) for what tests cannot say, best after `|`. Example: `total > 2 * paid && present(email)`",
        },
        ...further,
      },
      additionalProperties: {
        description: "A value, a list of allowed values, `present`, `blank`, or a test. Text compares without case and outer blanks.",
        anyOf: [scalar, { type: "array", items: scalar }, test],
      },
    });
}

export const conditionShape = condition();

/** A condition with what becomes of the records that do not fit it. */
export const conditionOtherwiseShape = condition({
  otherwise: {
    enum: ["wait", "skip", "hold"],
    description:
      "What becomes of a record that may not be created: `wait` (the default: tried again when something changes), `skip` or `hold`.",
  },
});

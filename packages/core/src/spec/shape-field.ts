import { z } from "zod";
import { conditionShape } from "./shape-condition.js";
import { builtInTransforms, needsArgument } from "./transform-table.js";

const scalarShape = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const steps = Object.entries(builtInTransforms);

/** Editors complete the built-in names; an app's own are taken as well. */
const stepShape = z.union([z.string(), z.record(z.string(), z.unknown())]).meta({
  description: "A step by its name (`trim`), or with what it needs (`{ truncate: 120 }`).",
  anyOf: [
    { enum: steps.flatMap(([name, signature]) => (needsArgument(signature) ? [] : [name])) },
    { type: "string" },
    {
      type: "object",
      properties: Object.fromEntries(
        steps.flatMap(([name, { argument, about }]) => (argument === undefined ? [] : [[name, { description: about }]])),
      ),
      minProperties: 1,
      maxProperties: 1,
    },
  ],
});

const takeOneShape = z
  .strictObject({
    where: conditionShape.optional().describe("Which members of the list count. Example: `{ status.name: Sold }`"),
    latest: z.string().optional().describe("Take the one with the latest (largest) value here."),
    earliest: z.string().optional().describe("Take the one with the earliest (smallest) value here."),
  })
  .describe("Takes one member of a list; without `latest` or `earliest` the first.");

const longShape = z.strictObject({
  from: z.string().optional().describe("Path in the source record: `customer.phone`; `.` is the whole record."),
  join: z.array(z.string()).min(1).optional().describe("Paths whose values are put together to one text; blank ones are left out."),
  with: z.string().optional().describe("What stands between the joined texts; a blank if not given."),
  value: scalarShape.optional().describe("The same fixed value for every record."),
  map: z
    .record(z.string(), scalarShape)
    .optional()
    .describe("Source value, then target value. Text compares without case and outer blanks."),
  unknown: z
    .union([z.enum(["hold", "keep"]), z.strictObject({ use: scalarShape.describe("The value to write.") })])
    .optional()
    .describe("What if `map` does not have the value: `hold` the record (the default), `keep` the value, or `{ use: other }`."),
  take_one: takeOneShape.optional(),
  // biome-ignore lint/suspicious/noThenProperty: a word of the language; its value is no function
  then: z.string().optional().describe("Path within the member that `take_one` took."),
  ref: z.string().optional().describe("Name of another sync: gives the target id that it linked to the source id in `id`."),
  id: z.string().optional().describe("Path of the source id that `ref` looks up."),
  when_none: z
    .enum(["wait", "blank", "hold"])
    .optional()
    .describe("What if `ref` has no such record yet: `wait` until it has (the default), write it `blank`, or `hold` it for a person."),
  add_to_list: z
    .boolean()
    .optional()
    .describe("`true`: the target's field is a list, to which the value is added where it is not in it yet; nothing is taken out."),
  do: z.array(stepShape).optional().describe("Steps that clean the value, left to right."),
});

/** The long form is one flat set of words, so that a wrong one can be told from its neighbours; `readFields` says which go together. */
export const fieldShape = z.union([z.string(), longShape]);

export type FieldInput = z.input<typeof longShape>;

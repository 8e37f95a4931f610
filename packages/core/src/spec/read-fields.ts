import type { FieldRule, FieldSource, Path, Scalar } from "./model.js";
import { readCondition } from "./read-condition.js";
import { readPath } from "./read-source.js";
import { readSteps } from "./read-steps.js";
import type { Reading } from "./reading.js";
import type { SyncInput } from "./shape.js";
import type { FieldInput } from "./shape-field.js";
import type { PartPath } from "./source-text.js";

type Word = keyof FieldInput;
type LeadingWord = "from" | "join" | "value" | "ref";

/** Which words go with which: a field has one leading word. */
const companions: Readonly<Record<LeadingWord, readonly Word[]>> = {
  from: ["do", "map", "unknown", "take_one", "then", "add_to_list"],
  join: ["with", "do", "add_to_list"],
  value: ["add_to_list"],
  ref: ["id", "when_none", "add_to_list"],
};
const leading: readonly LeadingWord[] = ["from", "join", "value", "ref"];

export function readFields(input: SyncInput["fields"], reading: Reading): FieldRule[] {
  const rules = Object.entries(input).flatMap(([target, each]) => readField(target, each, ["fields", target], reading) ?? []);
  if (Object.keys(input).length === 0) {
    reading.add({
      code: "spec/bad-value",
      path: ["fields"],
      on: "key",
      message: "`fields` is empty, so that nothing would be written.",
      hint: "Write target field, then source path: `email: contact.email`.",
    });
  }
  return rules;
}

function readField(target: string, input: string | FieldInput, path: PartPath, reading: Reading): FieldRule | undefined {
  if (typeof input === "string") {
    const from = readPath(input, path, reading);
    return from === undefined ? undefined : { target, steps: [], kind: "from", from };
  }
  if (input === null || typeof input !== "object") return undefined;
  const steps = input.do === undefined || !reading.sound(...path, "do") ? [] : readSteps(input.do, [...path, "do"], reading);
  if (!reading.sound(...path) && !onlySteps(path, reading)) return undefined;
  const word = leadingWord(target, input, path, reading);
  const source = word === undefined ? undefined : readFieldSource(word, input, path, reading);
  return source === undefined ? undefined : { target, steps, ...(input.add_to_list === true ? { addToList: true } : {}), ...source };
}

/** Whether all that is wrong with the field is wrong with its steps. */
function onlySteps(path: PartPath, reading: Reading): boolean {
  return reading.findings.every(
    (finding) => path.some((part, index) => finding.path[index] !== part) || finding.path[path.length] === "do",
  );
}

function leadingWord(target: string, input: FieldInput, path: PartPath, reading: Reading): LeadingWord | undefined {
  const found = leading.filter((word) => input[word] !== undefined);
  const [first, second] = found;
  if (first === undefined) {
    reading.add({
      code: "spec/missing-key",
      path,
      on: "key",
      message: `\`${target}\` does not say where its value comes from.`,
      hint: "Give it one of `from`, `join`, `value` or `ref`.",
    });
    return undefined;
  }
  if (second !== undefined) {
    reading.add({
      code: "spec/contradiction",
      path: [...path, second],
      on: "key",
      message: `\`${first}\` and \`${second}\` both say where the value of \`${target}\` comes from.`,
      hint: "Keep one of the two.",
    });
    return undefined;
  }
  const stray = (Object.keys(input) as Word[]).find(
    (word) => word !== first && !word.startsWith("x-") && !companions[first].includes(word),
  );
  if (stray !== undefined) {
    const [home] = leading.filter((each) => companions[each].includes(stray));
    const takes =
      companions[first].length === 0 ? "stands alone" : `goes with ${companions[first].map((each) => `\`${each}\``).join(", ")}`;
    reading.add({
      code: "spec/contradiction",
      path: [...path, stray],
      on: "key",
      message: `\`${stray}\` says nothing about a field with \`${first}\`, which ${takes}.`,
      hint: home === undefined ? undefined : `\`${stray}\` belongs to a field with \`${home}\`.`,
    });
    return undefined;
  }
  return first;
}

function readFieldSource(word: LeadingWord, input: FieldInput, path: PartPath, reading: Reading): FieldSource | undefined {
  switch (word) {
    case "value":
      return readValue(input.value ?? null, path, reading);
    case "join": {
      const parts = (input.join ?? []).map((text, index) => readPath(text, [...path, "join", index], reading));
      return parts.every((part) => part !== undefined) ? { kind: "join", join: parts, separator: input.with ?? " " } : undefined;
    }
    case "ref":
      return readRef(input, path, reading);
    case "from": {
      const from = readPath(input.from, [...path, "from"], reading);
      return from === undefined ? undefined : readFrom(from, input, path, reading);
    }
  }
}

function readValue(value: Scalar, path: PartPath, reading: Reading): FieldSource {
  const written = reading.written([...path, "value"], value);
  return { kind: "value", value, ...(written === undefined ? {} : { written }) };
}

function readRef(input: FieldInput, path: PartPath, reading: Reading): FieldSource | undefined {
  if (input.id === undefined) {
    reading.add({
      code: "spec/missing-key",
      path: [...path, "ref"],
      on: "key",
      message: "`id` is missing: which source id is to be looked up?",
      hint: `Write e.g. \`{ ref: ${input.ref ?? "other-sync"}, id: customerId }\`.`,
    });
    return undefined;
  }
  const id = readPath(input.id, [...path, "id"], reading);
  return id === undefined ? undefined : { kind: "ref", sync: input.ref ?? "", id, whenNone: input.when_none ?? "wait" };
}

function readFrom(from: Path, input: FieldInput, path: PartPath, reading: Reading): FieldSource | undefined {
  if (input.map !== undefined && input.take_one !== undefined) {
    return refuse(
      "contradiction",
      [...path, "map"],
      "`map` and `take_one` cannot stand in one field.",
      "Take one first in a field of its own.",
      reading,
    );
  }
  if (input.unknown !== undefined && input.map === undefined) {
    return refuse(
      "missing-key",
      [...path, "unknown"],
      "`unknown` says what to do with a value that `map` does not have, but there is no `map`.",
      "Add `map`, or take `unknown` out.",
      reading,
    );
  }
  if ((input.then === undefined) !== (input.take_one === undefined)) {
    const [has, lacks] = input.then === undefined ? (["take_one", "then"] as const) : (["then", "take_one"] as const);
    return refuse(
      "missing-key",
      [...path, has],
      `\`${lacks}\` is missing beside \`${has}\`.`,
      "Example: `{ from: estimates, take_one: { latest: soldOn }, then: subtotal }`",
      reading,
    );
  }
  if (input.map !== undefined) return readMap(from, input.map, input, { path, reading });
  return input.take_one === undefined ? { kind: "from", from } : readTakeOne(from, input, path, reading);
}

function readMap(
  from: Path,
  map: NonNullable<FieldInput["map"]>,
  input: FieldInput,
  at: { path: PartPath; reading: Reading },
): FieldSource {
  const written = Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) => {
      const text = at.reading.written([...at.path, "map", key], value);
      return text === undefined ? [] : [[key, text]];
    }),
  );
  return { kind: "map", from, map, unknown: input.unknown ?? "hold", ...(Object.keys(written).length === 0 ? {} : { written }) };
}

function readTakeOne(from: Path, input: FieldInput, path: PartPath, reading: Reading): FieldSource | undefined {
  const { where, latest, earliest } = input.take_one ?? {};
  const here = [...path, "take_one"];
  if (latest !== undefined && earliest !== undefined) {
    return refuse("contradiction", [...here, "earliest"], "`latest` and `earliest` cannot both decide.", "Keep one of the two.", reading);
  }
  const condition = where === undefined ? undefined : readCondition(where, [...here, "where"], reading);
  const by = latest ?? earliest;
  const order = by === undefined ? undefined : readPath(by, [...here, latest === undefined ? "earliest" : "latest"], reading);
  const then = readPath(input.then, [...path, "then"], reading);
  if (then === undefined || (where !== undefined && condition === undefined) || (by !== undefined && order === undefined)) return undefined;
  return {
    kind: "take_one",
    from,
    then,
    ...(condition === undefined ? {} : { where: condition }),
    ...(order === undefined ? {} : latest === undefined ? { earliest: order } : { latest: order }),
  };
}

function refuse(code: "contradiction" | "missing-key", path: PartPath, message: string, hint: string, reading: Reading): undefined {
  reading.add({ code: `spec/${code}`, path, on: "key", message, hint });
}

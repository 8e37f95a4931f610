import { checkShape, shown } from "./check-shape.js";
import type { Step } from "./model.js";
import { nearest } from "./nearest.js";
import { isMap } from "./read-condition.js";
import type { Reading } from "./reading.js";
import type { PartPath } from "./source-text.js";
import { needsArgument } from "./transform-table.js";

export function readSteps(input: readonly unknown[], path: PartPath, reading: Reading): Step[] {
  return input.flatMap((each, index) => readStep(each, [...path, index], reading) ?? []);
}

function readStep(input: unknown, path: PartPath, reading: Reading): Step | undefined {
  if (typeof input === "string") return known(input, path, reading) ? argued(input, undefined, path, reading) : undefined;
  const names = isMap(input) ? Object.keys(input) : [];
  const [name] = names;
  if (!isMap(input) || name === undefined || names.length > 1) {
    const message = names.length > 1 ? `One entry holds ${names.length} steps, so that their order is not clear.` : "This is not a step.";
    reading.add({
      code: "spec/bad-argument",
      path,
      message,
      hint: "Make an entry of each step: a name (`trim`), or a name with what it needs (`{ truncate: 120 }`).",
    });
    return undefined;
  }
  const here = [...path, name];
  if (!known(name, here, reading)) return undefined;
  return argued(name, input[name], here, reading);
}

function known(name: string, path: PartPath, reading: Reading): boolean {
  if (Object.hasOwn(reading.transforms, name)) return true;
  const names = Object.keys(reading.transforms);
  const near = nearest(name, names);
  reading.add({
    code: "spec/unknown-transform",
    path,
    on: "key",
    message: `There is no step \`${name}\`.`,
    hint: near === undefined ? `Steps: ${names.join(", ")}.` : `Did you mean \`${near}\`?`,
  });
  return false;
}

/** The step with its argument checked; a number is also tried as it is written (`08`), for where text is meant. */
function argued(name: string, argument: unknown, path: PartPath, reading: Reading): Step | undefined {
  const signature = reading.transforms[name];
  const written = reading.written(path, argument);
  const meant = [argument, ...(written === undefined ? [] : [written])].find((each) => signature?.argument?.safeParse(each).success);
  if (argument === undefined && (signature === undefined || !needsArgument(signature))) return { name };
  if (meant !== undefined) return { name, argument: meant };
  const hint = signature?.about;
  if (argument === undefined) return refuse(path, "key", `\`${name}\` needs to be told more.`, hint, reading);
  if (signature?.argument === undefined)
    return refuse(path, "key", `\`${name}\` stands alone: it takes nothing after the \`:\`.`, `Write \`${name}\`.`, reading);
  return wrongArgument(name, argument, path, reading);
}

function wrongArgument(name: string, argument: unknown, path: PartPath, reading: Reading): undefined {
  const shape = reading.transforms[name]?.argument;
  const about = reading.transforms[name]?.about;
  const findings = shape === undefined ? [] : checkShape(argument, { area: "spec", shape, thing: `what \`${name}\` takes` });
  const [first] = findings;
  const inner = first !== undefined && first.path.length > 0;
  const message = inner
    ? `${first.message.replace(/\.$/, "")}, in what \`${name}\` takes.`
    : `\`${name}\` does not take ${shown(argument)}.`;
  return refuse(
    inner ? [...path, ...first.path] : path,
    inner ? (first.on ?? "value") : "value",
    message,
    inner ? (first.hint ?? about) : about,
    reading,
  );
}

function refuse(path: PartPath, on: "key" | "value", message: string, hint: string | undefined, reading: Reading): undefined {
  reading.add({ code: "spec/bad-argument", path, on, message, hint });
}

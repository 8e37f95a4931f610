import { FieldwrightError } from "../problem.js";
import type { Step } from "../spec/model.js";
import { CannotConvert } from "./cannot-convert.js";
import type { Convert, Transform } from "./transform.js";
import { transforms } from "./transforms.js";

export interface CompiledStep {
  readonly name: string;
  readonly convert: Convert;
}

const builtIn: ReadonlyMap<string, Transform> = new Map(transforms.map((one) => [one.name, one]));

/**
 * The steps of a field, ready to run. Each passes blanks (null, absent) on untouched, unless it is there for them.
 * @throws FieldwrightError for an unknown step or a wrong argument; checking the spec finds both before.
 */
export function compileSteps(steps: readonly Step[], own: readonly Transform[]): readonly CompiledStep[] {
  return steps.map((step) => {
    const custom = own.find((one) => one.name === step.name);
    const transform = builtIn.get(step.name) ?? custom;
    if (transform === undefined)
      throw new FieldwrightError("spec/unknown-step", `There is no step \`${step.name}\`.`, {
        hint: "A step of your own is given to the engine as `defineTransform({...})`.",
      });
    const convert = transform.make(readArgument(transform, step.argument));
    return { name: step.name, convert: passBlanks(transform, transform === custom ? guarded(convert) : convert) };
  });
}

/** All steps as one. A failure of one is the result. */
export function chain(steps: readonly CompiledStep[]): Convert | undefined {
  const [first, second] = steps;
  if (first === undefined) return undefined;
  if (second === undefined) return first.convert;
  const converts = steps.map((step) => step.convert);
  return (value) => {
    let result = value;
    for (const convert of converts) {
      result = convert(result);
      if (result instanceof CannotConvert) return result;
    }
    return result;
  };
}

function readArgument(transform: Transform, argument: unknown): unknown {
  if (transform.argument === undefined) return undefined;
  const read = transform.argument.safeParse(argument);
  if (read.success) return read.data;
  const why = read.error.issues.map((issue) => `${issue.path.join(".") || "it"}: ${issue.message}`).join("; ");
  throw new FieldwrightError("spec/step-argument", `What the step \`${transform.name}\` is given does not fit: ${why}.`, {
    hint: transform.about,
  });
}

function passBlanks(transform: Transform, convert: Convert): Convert {
  if (transform.blanks) return convert;
  return (value) => (value === null || value === undefined ? value : convert(value));
}

/** Code of an app's own must not end a run. What it throws may quote the value, so only its kind is told. */
function guarded(convert: Convert): Convert {
  return (value) => {
    try {
      return convert(value) ?? null;
    } catch (error) {
      return new CannotConvert(`made the step fail (${error instanceof Error ? error.name : "an error"})`);
    }
  };
}

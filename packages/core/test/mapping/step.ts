import { CannotConvert, transforms } from "../../src/mapping/index.js";

/** A built-in step, ready to run, with what a spec would give it. */
export function step(name: string, argument?: unknown): (value: unknown) => unknown {
  const transform = transforms.find((one) => one.name === name);
  if (!transform) throw new Error(`There is no step ${name}.`);
  return transform.make(transform.argument?.parse(argument));
}

/** The reason why a value could not be converted; "" when it was. */
export function refusal(value: unknown): string {
  return value instanceof CannotConvert ? value.reason : "";
}

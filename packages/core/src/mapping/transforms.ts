import type { z } from "zod";
import { contactSteps } from "./steps/contact.js";
import { dateSteps } from "./steps/dates.js";
import { listSteps } from "./steps/lists.js";
import { nameSteps } from "./steps/names.js";
import { numberSteps } from "./steps/numbers.js";
import { placeSteps } from "./steps/places.js";
import { textSteps } from "./steps/text.js";
import type { Transform, ValueType } from "./transform.js";

/** The steps that every spec can name. */
export const transforms: readonly Transform[] = [
  ...textSteps,
  ...contactSteps,
  ...dateSteps,
  ...numberSteps,
  ...nameSteps,
  ...listSteps,
  ...placeSteps,
];

/** What a checker needs to know of a step. */
export interface TransformSignature {
  readonly takes: readonly ValueType[];
  readonly gives: ValueType | "same";
  readonly argument: z.ZodType | undefined;
  readonly about: string;
  /** Of an app's own step: what stands for its code. */
  readonly version?: string;
}

export function signaturesOf(steps: readonly Transform[]): Readonly<Record<string, TransformSignature>> {
  return Object.fromEntries(steps.map(({ name, takes, gives, argument, about }) => [name, { takes, gives, argument, about }]));
}

/** The signatures of the steps that every spec can name, by name. */
export const transformSignatures = signaturesOf(transforms);

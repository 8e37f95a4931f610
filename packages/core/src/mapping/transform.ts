import type { z } from "zod";

/** What a step takes and gives, for checking a chain before any record is read. */
export type ValueType = "text" | "integer" | "number" | "decimal" | "boolean" | "date" | "datetime" | "list" | "object" | "any";

/** Gives the converted value or a `CannotConvert`. `undefined` counts as blank. */
export type Convert = (value: unknown) => unknown;

/** A named step of `do`. Pure: the same value always gives the same result. */
export interface Transform<Argument = unknown> {
  readonly name: string;
  readonly takes: readonly ValueType[];
  /** `same`: what it takes. */
  readonly gives: ValueType | "same";
  /** Absent: the step takes no argument. One that accepts `undefined` is optional. */
  readonly argument?: z.ZodType<Argument>;
  readonly about: string;
  /** Blank values pass every step untouched; with `blanks` this one gets them too (as `null`). */
  readonly blanks?: boolean;
  /**
   * Of an app's own step: a new version means that records with it are decided again. Without one the text of `make` stands for it, which does
   * not show a change in what `make` calls.
   */
  readonly version?: string | number;
  make(argument: Argument): Convert;
}

/** A step of an app's own: shown in plans as custom. An exception in it holds the record. */
export function defineTransform<Argument>(transform: Transform<Argument>): Transform<Argument> {
  return transform;
}

/** Any single value: text, a number, a yes or no, a date. */
export const scalars: readonly ValueType[] = ["text", "integer", "number", "decimal", "boolean", "date", "datetime"];

import type { Field } from "@fieldwright/connector-kit";

/** `user.office` as ["user", "office"]; the whole record (`.`) as []. A first part that is a name under `with` leads to the related record. */
export type Path = readonly string[];

export type Scalar = string | number | boolean | null;

/** Conditions are data. Text compares without case and outer blanks. */
export type Condition =
  | { readonly op: "all" | "any"; readonly of: readonly Condition[] }
  | { readonly op: "not"; readonly of: Condition }
  | { readonly op: "test"; readonly path: Path; readonly test: Test }
  | CelCondition;

/** A CEL expression about the record: its fields, `record` and `now` are the variables. */
export interface CelCondition {
  readonly op: "expr";
  readonly source: string;
  readonly line?: number;
  /** The paths that it reads, as far as they can be told from the text; the whole record (`[]`) where it says `record`. */
  readonly reads: readonly Path[];
  /** What is declared of the record; `settleSpec` puts it here once the streams are known. */
  readonly known?: KnownRecord;
}

/** What an expression may take for granted about the record that it is asked about. */
export interface KnownRecord {
  readonly fields: Readonly<Record<string, Field>>;
  /** Its records may carry more than is declared. */
  readonly open: boolean;
  /** By the name under `with`. */
  readonly related: Readonly<Record<string, { readonly take: "one" | "many"; readonly of: KnownRecord }>>;
}

export type Test =
  | { readonly is: "one_of"; readonly values: readonly Scalar[]; readonly written?: readonly string[] }
  | { readonly is: "present" | "blank" }
  | { readonly is: "over" | "under" | "at_least" | "at_most"; readonly than: number | string }
  | { readonly is: "within"; readonly ms: number }
  | { readonly is: "starts_with" | "ends_with" | "contains"; readonly text: string }
  | { readonly is: "any" | "every" | "none"; readonly where: Condition };

/** What is wrong with an expression. */
export interface CelProblem {
  /** `field`: it names a field that the record does not have. */
  readonly is: "field" | "expression";
  readonly message: string;
  readonly hint: string | undefined;
  /** Offsets in the expression. */
  readonly range: readonly [number, number];
}

/** What a person may have meant. */
export interface KnownWords {
  readonly variables: readonly string[];
  readonly fields: readonly string[];
  readonly functions: readonly string[];
}

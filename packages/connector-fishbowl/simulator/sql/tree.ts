export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | null }
  | { readonly kind: "column"; readonly table?: string; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "cast"; readonly of: Expression; readonly to: string }
  | { readonly kind: "compare"; readonly sign: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "in"; readonly of: Expression; readonly values: readonly Expression[] }
  | { readonly kind: "null"; readonly of: Expression; readonly not: boolean }
  | { readonly kind: "both" | "either"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "select"; readonly select: Select };

export interface Source {
  readonly alias: string;
  readonly table?: string;
  readonly select?: Select;
}

export interface Select {
  readonly shown: readonly { readonly as: string; readonly of: Expression }[] | "all";
  readonly from?: Source;
  readonly joins: readonly { readonly isLeft: boolean; readonly source: Source; readonly on: Expression }[];
  readonly where?: Expression;
  readonly group: readonly Expression[];
  readonly order: readonly { readonly of: Expression; readonly isDown: boolean }[];
  readonly limit?: number;
}

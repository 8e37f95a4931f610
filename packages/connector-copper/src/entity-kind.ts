import type { Field } from "@fieldwright/connector-kit";

export type Path = "leads" | "people" | "companies" | "opportunities" | "projects" | "tasks";

/** One of the six kinds of records that Copper keeps alike. */
export interface EntityKind {
  readonly path: Path;
  /** The word in definitions, links and relations. */
  readonly type: string;
  /** In messages: "lead". */
  readonly word: string;
  readonly about: string;
  /** Copper's own fields, without the custom ones. */
  readonly fields: Readonly<Record<string, Field>>;
  readonly references: Readonly<Record<string, string>>;
  /** Sent with every search. */
  readonly always?: Readonly<Record<string, unknown>>;
  /** Fields to find by, and the search's word for each. `one`: it takes a single text. */
  readonly finds: Readonly<Record<string, { readonly key: string; readonly one: boolean }>>;
  readonly sideEffects: string;
}

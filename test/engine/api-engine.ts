import type { Connector } from "@fieldwright/connector-kit";
import type { SqlDatabase } from "@fieldwright/connector-kit/sql";
import { memoryTarget } from "@fieldwright/connector-kit/testing";
import { createEngine, defineProject, defineSync, type Engine } from "@fieldwright/core";
import { type Shelf, shelfConnector } from "./shelf.js";

export interface ApiEngine {
  readonly name: string;
  readonly shelves: readonly Shelf[];
  readonly target: Readonly<Record<string, unknown>>;
  readonly database: SqlDatabase;
}

export function openEngine({ name, shelves, target, database }: ApiEngine, specs: readonly Record<string, unknown>[]): Promise<Engine> {
  return createEngine({
    project: defineProject({
      version: 1,
      project: name,
      store: { schema: `${name}_state`, landing_schema: `${name}_landing` },
      connections: { shelf: { package: "shelf", options: {} }, crm: { package: "memory-target", options: target } },
      syncs: specs.map((spec) => defineSync(spec as never)),
    }),
    connectors: {
      shelf: shelfConnector(shelves) as unknown as Connector<never>,
      crm: memoryTarget as unknown as Connector<never>,
    },
    store: database,
  });
}

/** People into contacts, by their e-mail address. */
export function contactsSpec(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    version: 1,
    sync: "people",
    from: { connection: "shelf", stream: "people" },
    to: { connection: "crm", stream: "contacts" },
    match: { try_in_order: [{ email: "email" }] },
    fields: { name: "name", email: "email", note: "note" },
    ...more,
  };
}

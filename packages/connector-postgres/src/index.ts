import { defineConnector } from "@fieldwright/connector-kit";
import { openConnection } from "./open.js";
import { options, type PostgresOptions } from "./options.js";

export type { PostgresOptions };

/** Tables and views of a Postgres as streams. */
export const postgres = defineConnector<PostgresOptions>({
  name: "postgres",
  title: "PostgreSQL",
  options,
  secrets: ["url"],
  open: async (given, world) => openConnection(given, world),
});

export default postgres;

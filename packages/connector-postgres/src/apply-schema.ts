import type { Call } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import { sqlState, sqlTrouble } from "@fieldwright/connector-kit/sql";
import { type Door, writing } from "./door.js";
import { messageOf } from "./trouble.js";

/** Carries statements out: all of them, or none. */
export async function applySchema(door: Door, statements: readonly string[], call: Call): Promise<void> {
  await writing(door, call, async (session) => {
    for (const [index, statement] of statements.entries()) {
      try {
        await session.run(statement);
      } catch (error) {
        if (sqlTrouble(error) === "connection") throw error;
        const rights = sqlTrouble(error) === "rights";
        throw new VendorError(
          `Statement ${index + 1} of ${statements.length} was refused, and nothing was changed: ${messageOf(error)}.\n${statement}`,
          {
            code: `sql/${sqlState(error)}`,
            next: "stop-run",
            hint: rights
              ? "Grant the database user the right to create tables in this schema, or have its owner run the statements."
              : "Correct the spec or the table, then look at the statements again with `fieldwright migrate`.",
          },
        );
      }
    }
  });
}

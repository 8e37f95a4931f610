import type { SqlSession } from "@fieldwright/connector-kit/sql";
import knex, { type Knex } from "knex";

interface QueryObject {
  readonly sql: string;
  readonly bindings?: readonly unknown[];
  response?: { rows: readonly unknown[]; rowCount: number; command: string };
}

interface Dialect {
  new (
    config: Knex.Config,
  ): Knex.Client & {
    _driver(): object;
    acquireRawConnection(): Promise<unknown>;
    destroyRawConnection(): Promise<void>;
    _query(connection: unknown, query: QueryObject): Promise<QueryObject>;
  };
}

/** knex for schema work, speaking through a session that is open already: its migrations join that transaction, on a server and embedded. */
export function knexOnSession(session: SqlSession): Knex {
  // knex hands out the class of its Postgres dialect only through an instance.
  const Postgres = knex({ client: "pg" }).client.constructor as Dialect;
  class SessionClient extends Postgres {
    override _driver(): object {
      return {};
    }
    override acquireRawConnection(): Promise<SqlSession> {
      return Promise.resolve(session);
    }
    override destroyRawConnection(): Promise<void> {
      return Promise.resolve();
    }
    override async _query(_connection: unknown, query: QueryObject): Promise<QueryObject> {
      const command = query.sql.trimStart().split(/[\s;]/, 1)[0]?.toUpperCase() ?? "";
      // knex locks its table in a transaction of its own: its COMMIT would end the one that all of this is part of.
      if (["BEGIN", "COMMIT"].includes(command)) {
        query.response = { rows: [], rowCount: 0, command };
        return query;
      }
      if (["INSERT", "UPDATE", "DELETE"].includes(command) && !/\breturning\b/i.test(query.sql)) {
        query.response = { rows: [], rowCount: await session.run(query.sql, query.bindings ?? []), command };
      } else {
        const rows = await session.query(query.sql, query.bindings ?? []);
        query.response = { rows, rowCount: rows.length, command };
      }
      return query;
    }
  }
  return knex({ client: SessionClient as unknown as typeof knex.Client, connection: {}, pool: { min: 0, max: 1 } });
}

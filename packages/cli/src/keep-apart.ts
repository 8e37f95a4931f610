import { type Engine, FieldwrightError, type Project } from "@fieldwright/core";

const mark = "Generated records of a simulator; a run against the real systems is refused.";

/**
 * Refuses to mix generated and real records in one store. A store without records
 * is marked for what this run brings: the mark is the comment on the landing schema.
 */
export async function keepApart(engine: Engine, project: Project, generated: boolean): Promise<void> {
  const schema = project.store.landingSchema;
  const [found] = await engine.sql(
    `select obj_description(oid, 'pg_namespace') as mark from pg_namespace where nspname = ${literal(schema)}`,
  );
  const marked = found?.mark === mark;
  if (marked === generated) return;
  if (await holdsRecords(engine, schema)) throw mixing(project, marked);
  const name = quoted(schema);
  await engine.sql(`create schema if not exists ${name}`, { write: true });
  await engine.sql(`comment on schema ${name} is ${generated ? literal(mark) : "null"}`, { write: true });
}

function mixing(project: Project, marked: boolean): FieldwrightError {
  const place = project.store.url === undefined ? `the folder ${project.store.path}` : "the store's database";
  if (marked) {
    return new FieldwrightError(
      "usage/generated-records",
      `Generated records of an earlier run with --simulate lie in ${place}; a real run would mix the two.`,
      {
        hint:
          project.store.url === undefined
            ? `Delete that folder to start with real records, or add --simulate.`
            : "Name another database to start with real records, or add --simulate.",
      },
    );
  }
  return new FieldwrightError("usage/real-records", `Real records lie in ${place}; --simulate would mix generated ones into them.`, {
    hint: "Name another store for trying things out, or leave --simulate away.",
  });
}

async function holdsRecords(engine: Engine, schema: string): Promise<boolean> {
  const tables = await engine.sql(`select table_name as name from information_schema.tables where table_schema = ${literal(schema)}`);
  if (tables.length === 0) return false;
  const tests = tables.map((table) => `exists (select from ${quoted(schema)}.${quoted(String(table.name))})`);
  const [row] = await engine.sql(`select ${tests.join(" or ")} as filled`);
  return row?.filled === true;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

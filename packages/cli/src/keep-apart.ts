import { FieldwrightError, type Engine, type Project } from "@fieldwright/core";

const mark = "Generated records of a simulator; a run against the real systems is refused.";

/**
 * Refuses to mix generated and real records in one store. With `claim` a store without records
 * is marked for what this run brings: the mark is the comment on the landing schema.
 */
export async function keepApart(engine: Engine, project: Project, run: { readonly generated: boolean; readonly claim: boolean }): Promise<void> {
  const schema = project.store.landingSchema;
  const [found] = await engine.sql(`select obj_description(n.oid, 'pg_namespace') as mark, exists (select from pg_class c where c.relnamespace = n.oid) as filled from pg_namespace n where n.nspname = ${literal(schema)}`);
  const generated = found?.mark === mark;
  if (found?.filled === true && generated !== run.generated) throw mixing(project, generated);
  if (!run.claim || generated === run.generated) return;
  const name = `"${schema.replaceAll('"', '""')}"`;
  await engine.sql(`create schema if not exists ${name}`, { write: true });
  await engine.sql(`comment on schema ${name} is ${run.generated ? literal(mark) : "null"}`, { write: true });
}

function mixing(project: Project, generated: boolean): FieldwrightError {
  const place = project.store.url === undefined ? `the folder ${project.store.path}` : "the store's database";
  if (generated) {
    return new FieldwrightError("usage/generated-records", `Generated records of an earlier run with --simulate lie in ${place}; a real run would mix the two.`, {
      hint: project.store.url === undefined ? `Delete that folder to start with real records, or add --simulate.` : "Name another database to start with real records, or add --simulate.",
    });
  }
  return new FieldwrightError("usage/real-records", `Real records lie in ${place}; --simulate would mix generated ones into them.`, {
    hint: "Name another store for trying things out, or leave --simulate away.",
  });
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

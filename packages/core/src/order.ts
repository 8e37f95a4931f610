import { FieldwrightError } from "./problem.js";
import type { Spec } from "./spec/model.js";

/** Streams to read and the order that keeps references whole: what is looked at comes before what looks. */
export function orderStreams(specs: readonly Spec[]): readonly string[] {
  const sourceOf = new Map(specs.map((spec) => [spec.name, streamName(spec.from)]));
  const needs = new Map<string, Set<string>>();
  const need = (stream: string, other?: string) => {
    const set = needs.get(stream) ?? new Set();
    needs.set(stream, set);
    if (other !== undefined && other !== stream) set.add(other);
  };
  for (const spec of specs) {
    const stream = streamName(spec.from);
    need(stream);
    for (const related of Object.values(spec.from.with)) {
      need(streamName(related));
      need(stream, streamName(related));
    }
    for (const sync of refsBy(spec)) {
      const other = sourceOf.get(sync);
      if (other !== undefined) need(stream, other);
    }
  }
  return sorted(needs);
}

export function streamName(of: { readonly connection: string; readonly stream: string }): string {
  return `${of.connection}.${of.stream}`;
}

function refsBy(spec: Spec): readonly string[] {
  return spec.fields.flatMap((field) => (field.kind === "ref" ? [field.sync] : []));
}

function sorted(needs: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const order: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (stream: string, way: readonly string[]) => {
    if (state.get(stream) === "done") return;
    if (state.get(stream) === "open") {
      const circle = [...way.slice(way.indexOf(stream)), stream].join(" -> ");
      throw new FieldwrightError("run/circle", `These streams refer to each other in a circle: ${circle}.`, {
        hint: "Take one of the references out of the specs, or let it lead back through a sync of its own.",
      });
    }
    state.set(stream, "open");
    for (const other of needs.get(stream) ?? []) visit(other, [...way, stream]);
    state.set(stream, "done");
    order.push(stream);
  };
  for (const stream of needs.keys()) visit(stream, []);
  return order;
}

import type { PlannedChange } from "@fieldwright/core";
import type { Piece } from "../progress/line.js";

export type Operation = PlannedChange["operation"];

/** How each kind of change is written, in the order in which a person wants them. */
export const operations: Readonly<
  Record<Operation, { readonly sign: string; readonly word: string; readonly paint: NonNullable<Piece["paint"]> }>
> = {
  update: { sign: "~", word: "update", paint: "yellow" },
  delete: { sign: "-", word: "delete", paint: "red" },
  hold: { sign: "?", word: "hold", paint: "cyan" },
  keep: { sign: "=", word: "keep", paint: "dim" },
  create: { sign: "+", word: "create", paint: "green" },
  wait: { sign: "…", word: "wait", paint: "dim" },
};

import type { Cell } from "../row.js";
import { attribute, type XmlHandler } from "./xml.js";

/** A merged area of one column or more, by numbers from 1 (rows) and 0 (columns). */
export interface Area {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
}

const maxAreas = 100_000;

/** Areas that reach over more than one row; they stand behind the rows in a sheet. */
export function areasInto(areas: Area[]): XmlHandler {
  return {
    open(name, given) {
      if (name !== "mergeCell" || areas.length >= maxAreas) return;
      const [, letters = "", top = "", bottom = ""] = /^\$?([A-Z]+)\$?(\d+):\$?[A-Z]+\$?(\d+)$/i.exec(attribute(given, "ref") ?? "") ?? [];
      if (Number(bottom) > Number(top)) areas.push({ top: Number(top), bottom: Number(bottom), left: columnIndex(letters) });
    },
    close() {},
    text() {},
  };
}

function columnIndex(letters: string): number {
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/**
 * Excel keeps the value of a merged area in its first cell. Rows below get it too, as a person who reads the sheet takes it; columns beside
 * it stay blank, because another title stands over them.
 */
export function fillDown(areas: readonly Area[]): (row: { readonly number: number; readonly cells: Cell[] }) => void {
  const waiting = [...areas].sort((a, b) => a.top - b.top);
  let active: { readonly area: Area; readonly value: Cell }[] = [];
  let next = 0;
  return ({ number, cells }) => {
    active = active.filter(({ area }) => area.bottom >= number);
    for (const { area, value } of active) {
      while (cells.length <= area.left) cells.push(null);
      cells[area.left] ??= value;
    }
    for (let area = waiting[next]; area && area.top <= number; area = waiting[++next])
      if (area.top === number) active.push({ area, value: cells[area.left] ?? null });
  };
}

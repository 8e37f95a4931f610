import type pico from "picocolors";

/** A picocolors object with its colours on or off. */
export type Colors = ReturnType<typeof pico.createColors>;

/** A piece of a line and how it is coloured: widths are counted before colours. */
export interface Piece {
  readonly text: string;
  readonly paint?: "bold" | "dim" | "red" | "green" | "yellow" | "cyan";
}

/** The pieces as one line of at most `width` columns, cut with "…" where they are longer. */
export function line(pieces: readonly Piece[], width: number, colors: Colors): string {
  let left = width;
  let text = "";
  const length = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  for (const piece of pieces) {
    if (left <= 0) break;
    const room = length > width ? left - 1 : left;
    const cut = piece.text.length > room ? `${piece.text.slice(0, Math.max(0, room))}…` : piece.text;
    text += piece.paint === undefined ? cut : colors[piece.paint](cut);
    left -= cut.length;
    if (cut !== piece.text) break;
  }
  return text;
}

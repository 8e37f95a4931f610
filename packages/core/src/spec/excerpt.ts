// Longer lines are shown from near the mark on, so that a whole file on one line stays readable.
const shownWidth = 140;

/** Line and column, both from 1, of an offset. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  let line = 1;
  for (let at = before.indexOf("\n"); at !== -1; at = before.indexOf("\n", at + 1)) line++;
  return { line, column: offset - lineStart + 1 };
}

/** The line of the span with carets under it; a span over several lines is marked on its first one. */
export function excerptOf(text: string, span: readonly [number, number], mask: (line: string) => string = (line) => line): string {
  const { line, column } = placeOf(text, span[0]);
  const start = span[0] - (column - 1);
  const newline = text.indexOf("\n", span[0]);
  const whole = text.slice(start, newline === -1 ? text.length : newline).replace(/\r$/, "");
  const from = column <= shownWidth - 40 ? 0 : column - 40;
  const masked = mask(whole);
  const shown = masked === whole ? whole.slice(from, from + shownWidth) : masked.slice(0, shownWidth);
  const label = `${line} | `;
  if (masked !== whole && masked.slice(0, column) !== whole.slice(0, column)) return `${label}${shown}`;
  const ahead = whole.slice(from, column - 1).replace(/[^\t]/gu, " ");
  const marked = [...whole.slice(column - 1, Math.min(span[1] - start, from + shownWidth))].length;
  const cut = from > 0 ? "…" : "";
  return `${label}${cut}${clean(shown)}\n${" ".repeat(label.length + cut.length)}${ahead}${"^".repeat(Math.max(1, marked))}`;
}

/** Control characters would reach the terminal. */
function clean(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return line.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "·");
}

/** Line numbers, from 1, of many offsets. */
export function linesOf(text: string, offsets: readonly number[]): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return offsets.map((offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  });
}

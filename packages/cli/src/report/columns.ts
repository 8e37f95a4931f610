/** Columns that a text takes on a screen: letters of East Asian scripts and emoji take two, marks none. */
export function columns(text: string): number {
  let sum = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (/\p{Mark}/u.test(letter)) continue;
    sum += isWide(code) ? 2 : 1;
  }
  return sum;
}

/** The widest of the texts, up to `most`. */
export function columnsOf(texts: readonly string[], most: number): number {
  return Math.min(
    most,
    texts.reduce((widest, text) => Math.max(widest, columns(text)), 0),
  );
}

export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

/** The text in at most `width` columns, with "…" where it is longer. */
export function cut(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const letter of text) {
    const takes = columns(letter);
    if (used + takes > width - 1) break;
    kept += letter;
    used += takes;
  }
  return `${kept}…`;
}

/** The text in lines of at most `width` columns, broken between words. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let own = "";
  for (const word of text.split(" ")) {
    const longer = own === "" ? word : `${own} ${word}`;
    if (own !== "" && columns(longer) > width) {
      lines.push(own);
      own = word;
    } else own = longer;
  }
  return [...lines, own];
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  bull: "•",
  middot: "·",
  copy: "©",
  reg: "®",
  trade: "™",
  deg: "°",
  euro: "€",
  pound: "£",
  cent: "¢",
  yen: "¥",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  laquo: "«",
  raquo: "»",
  times: "×",
  frac12: "½",
  aacute: "á",
  agrave: "à",
  auml: "ä",
  ccedil: "ç",
  eacute: "é",
  egrave: "è",
  iacute: "í",
  ntilde: "ñ",
  oacute: "ó",
  ouml: "ö",
  uacute: "ú",
  uuml: "ü",
  szlig: "ß",
};
const blocks = new Set(
  "address article blockquote br dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul".split(" "),
);
const unseen = new Set(["script", "style"]);

/** The text of an HTML fragment. Walks it once, so that odd input costs no more than its length. */
export function stripHtml(html: string): string {
  const text = html.includes("<") ? withoutTags(html) : html;
  return withoutEntities(text)
    .replace(/[ \t\r\u00a0]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function withoutTags(html: string): string {
  let text = "";
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open < 0) break;
    text += html.slice(at, open);
    const name = /^\/?([a-z][a-z0-9]*)|^!/i.exec(html.slice(open + 1, open + 20));
    const end = name === null ? -1 : tagEnd(html, open, name[1]?.toLowerCase() ?? "");
    if (name === null) text += "<";
    else if (end < 0)
      return text + html.slice(open); // never closed: the rest is text
    else text += blocks.has(name[1]?.toLowerCase() ?? "") ? "\n" : /^\/?t[dh]$/i.test(name[0]) ? " " : "";
    at = name === null ? open + 1 : end;
  }
  return text + html.slice(at);
}

/** Where the text goes on after a tag, a comment, or a script with all that is in it; -1 when it has no end. */
function tagEnd(html: string, open: number, name: string): number {
  if (html.startsWith("<!--", open)) return after(html, "-->", open);
  if (unseen.has(name) && html[open + 1] !== "/") {
    const close = new RegExp(`</${name}[^<>]*>`, "ig");
    close.lastIndex = open;
    return close.test(html) ? close.lastIndex : -1;
  }
  // A `>` within quotes does not end a tag.
  const tag = /<[^"'<>]*(?:"[^"<]*"[^"'<>]*|'[^'<]*'[^"'<>]*)*>/y;
  tag.lastIndex = open;
  return tag.test(html) ? tag.lastIndex : after(html, ">", open);
}

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

function withoutEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z0-9]{2,8}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
}

/** What a text of XML is made of, as it comes by. Names come without their prefix, text and attributes as they are written. */
export interface XmlHandler {
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(raw: string): void;
}

export interface Xml {
  write(piece: string): void;
}

/** The text or tag that has begun is longer than this many characters. */
export class XmlTooLong extends Error {}

/** Reads XML piece by piece. It knows no entities but the five, so none can blow up. */
export function createXml(handler: XmlHandler, maxPiece: number): Xml {
  let rest = "";
  return {
    write(piece) {
      const xml = rest === "" ? piece : rest + piece;
      let at = 0;
      for (;;) {
        const next = step(xml, at, handler);
        if (next === at) break;
        at = next;
      }
      rest = at === 0 ? xml : xml.slice(at);
      if (rest.length > maxPiece) throw new XmlTooLong();
    },
  };
}

/** Where the next step begins; `at` itself where what begins there is not yet whole. */
function step(xml: string, at: number, handler: XmlHandler): number {
  const open = xml.indexOf("<", at);
  if (open === -1) return at;
  if (open > at) handler.text(xml.slice(at, open));
  const first = xml[open + 1];
  if (first === "!") return special(xml, open, handler);
  const end = tagEnd(xml, open + 1);
  if (end === -1) return open;
  if (first === "/") handler.close(bare(xml.slice(open + 2, end).trim()));
  else if (first !== "?") tag(xml.slice(open + 1, end), handler);
  return end + 1;
}

function special(xml: string, open: number, handler: XmlHandler): number {
  if (xml.length < open + 9) return open;
  const cdata = xml.startsWith("<![CDATA[", open);
  const [start, mark] = cdata ? [open + 9, "]]>"] : xml.startsWith("<!--", open) ? [open + 4, "-->"] : [open + 2, ">"];
  const end = xml.indexOf(mark, start);
  if (end === -1) return open;
  if (cdata) handler.text(xml.slice(start, end).replaceAll("&", "&amp;"));
  return end + mark.length;
}

/** A `>` within quotes does not end a tag. */
function tagEnd(xml: string, from: number): number {
  for (let at = from; ; ) {
    const end = xml.indexOf(">", at);
    if (end === -1) return -1;
    const quote = xml.slice(at, end).search(/["']/);
    if (quote === -1) return end;
    const close = xml.indexOf(xml[at + quote] ?? '"', at + quote + 1);
    if (close === -1) return -1;
    at = close + 1;
  }
}

function tag(inner: string, handler: XmlHandler): void {
  const empty = inner.endsWith("/");
  const body = empty ? inner.slice(0, -1) : inner;
  const space = body.search(/\s/);
  const name = bare(space === -1 ? body : body.slice(0, space));
  handler.open(name, space === -1 ? "" : body.slice(space));
  if (empty) handler.close(name);
}

function bare(name: string): string {
  const colon = name.indexOf(":");
  return colon === -1 ? name : name.slice(colon + 1);
}

/** The value of an attribute, with its prefix where it has one; `undefined` where it is not there. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(`${name}=`); at !== -1; at = attributes.indexOf(`${name}=`, at + 1)) {
    if (at > 0 && !/\s/.test(attributes[at - 1] ?? " ")) continue;
    const quote = attributes[at + name.length + 1];
    if (quote !== '"' && quote !== "'") continue;
    const end = attributes.indexOf(quote, at + name.length + 2);
    return end === -1 ? undefined : plainText(attributes.slice(at + name.length + 2, end));
  }
  return undefined;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Text without the marks of XML, and without Excel's own for signs that XML cannot hold (`_x000D_`). */
export function plainText(raw: string): string {
  const text = raw.includes("&") ? raw.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi, entity) : raw;
  return text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

function entity(whole: string, hex: string | undefined, decimal: string | undefined, name: string | undefined): string {
  if (name !== undefined) return entities[name] ?? whole;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

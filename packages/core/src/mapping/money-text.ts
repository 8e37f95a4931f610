import { tidy } from "./decimal-text.js";

export interface Separators {
  readonly decimal: string;
  readonly group: string;
}

/** How a locale writes numbers: what stands before the cents and between thousands. */
export function separatorsOf(locale: string): Separators {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: "latn" }).formatToParts(1_234_567.8);
  const find = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return { decimal: find("decimal"), group: find("group") };
}

/** The exact decimal text of a written amount; `ambiguous` where it can be read in two ways; `undefined` where it is none. */
export type Amount = { readonly ok: true; readonly decimal: string } | { readonly ok: false; readonly ambiguous: boolean };

const nothing: Amount = { ok: false, ambiguous: false };
const ambiguous: Amount = { ok: false, ambiguous: true };
const blanks = /[\s\u00a0\u2007\u2009\u202f]/g;
const quotes = /['’]/g;
const currencies = new Set(Intl.supportedValuesOf("currency"));
const signs = /^(?:[A-Z]{0,3}\p{Sc}|kr\.?|zł|kč|ft|lei|fr\.?|sfr\.?|rs\.?|руб\.?|р\.|лв\.?)$/iu;

/** Reads an amount: currency, thousands and minus in their usual places. Without separators it takes only what can be read in one way. */
export function parseAmount(text: string, separators: Separators | undefined): Amount {
  const bare = withoutCurrency(text.trim());
  if (bare === undefined) return nothing;
  const negative = bare.negative ? "-" : "";
  const number = bare.number.replace(/[.,] ?[-–—]{1,2}$/, ""); // "12,-" has no cents
  if (!/^[\d.,'’\s\u00a0\u2007\u2009\u202f]+$/.test(number) || !/\d/.test(number)) return nothing;
  const plain = separators === undefined ? readAny(number) : readAs(number, separators);
  return plain.ok ? { ok: true, decimal: tidy(negative + plain.decimal) } : plain;
}

/** Takes off the sign and the currency at either end, in either order. */
function withoutCurrency(text: string): { readonly number: string; readonly negative: boolean } | undefined {
  const inBrackets = /^\((.+)\)$/.exec(text);
  let rest = (inBrackets?.[1] ?? text).trim();
  let minus = inBrackets === null ? 0 : 1;
  for (let round = 0; round < 3; round++) {
    const edge = /^([-−+]|[^\d\s.,'’+−-][^\d\s,'’+−-]*)\s*(?=\S)/u.exec(rest);
    if (edge === null) break;
    const mark = edge[1] ?? "";
    if (mark === "-" || mark === "−") minus++;
    else if (mark !== "+" && !isCurrency(mark)) return undefined;
    rest = rest.slice(edge[0].length);
  }
  const currency = /[\d.,\-–—]\s*([^\d\s.,'’()+−–—-][^\d\s,'’()+−–—-]*)$/u.exec(rest);
  if (currency?.[1] !== undefined) {
    if (!isCurrency(currency[1])) return undefined;
    rest = rest.slice(0, -currency[1].length).trim();
  }
  if (/\d\s*[-−]$/.test(rest)) {
    minus++;
    rest = rest.slice(0, -1).trim();
  }
  return minus > 1 ? undefined : { number: rest, negative: minus === 1 };
}

function isCurrency(mark: string): boolean {
  return currencies.has(mark.toUpperCase()) || signs.test(mark);
}

/** Blanks and quotes only ever stand between thousands. */
function withoutQuietGroups(number: string): string | undefined {
  const hasGroups = number.search(/[\s\u00a0\u2007\u2009\u202f'’]/) >= 0;
  if (!hasGroups) return number;
  const grouped = /^\d{1,3}(?:[\s\u00a0\u2007\u2009\u202f'’]\d{3})+(?:[.,]\d*)?$/.test(number);
  return grouped ? number.replace(blanks, "").replace(quotes, "") : undefined;
}

function readAny(number: string): Amount {
  const quiet = withoutQuietGroups(number);
  if (quiet === undefined) return nothing;
  const marks = quiet.replace(/\d/g, "");
  if (marks === "") return { ok: true, decimal: quiet };
  const last = marks.at(-1) ?? "";
  const other = last === "." ? "," : ".";
  if (marks.includes(other)) return readAs(quiet, { decimal: last, group: other });
  if (marks.length > 1) return readAs(quiet, { decimal: other, group: last });
  const [whole = "", fraction = ""] = quiet.split(last);
  const couldBeThousands = quiet === number && fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  return couldBeThousands ? ambiguous : decimal(whole, fraction);
}

function readAs(number: string, separators: Separators): Amount {
  const quiet = withoutQuietGroups(number);
  if (quiet === undefined) return nothing;
  const cut = quiet.split(separators.decimal);
  if (cut.length > 2) return nothing;
  const [whole = "", fraction = ""] = cut;
  const groups = separators.group === "." || separators.group === "," ? whole.split(separators.group) : [whole];
  return isGrouped(groups) ? decimal(groups.join(""), fraction) : nothing;
}

/** Thousands in threes, or in the Indian way: a three at the end, twos before it. */
function isGrouped(groups: readonly string[]): boolean {
  if (groups.length === 1) return true;
  const [first = "", ...rest] = groups;
  const end = rest.pop() ?? "";
  const size = rest[0]?.length ?? 3;
  return (
    end.length === 3 &&
    first.length > 0 &&
    first.length <= (rest.length > 0 ? size : 3) &&
    (size === 2 || size === 3) &&
    rest.every((group) => group.length === size)
  );
}

function decimal(whole: string, fraction: string): Amount {
  if (!/^\d*$/.test(whole) || !/^\d*$/.test(fraction) || whole + fraction === "") return nothing;
  return { ok: true, decimal: fraction === "" ? whole : `${whole || "0"}.${fraction}` };
}

import { type Field, VendorError } from "@fieldwright/connector-kit";
import { type CheerioAPI, load } from "cheerio";
import type { WebPages, WebValue } from "./web-options.js";

export interface ListPage {
  readonly rows: readonly { readonly id: string; readonly updated: string | undefined }[];
  readonly hasNext: boolean;
}

type Element = ReturnType<CheerioAPI>;

/** @throws VendorError `centerpoint/layout-changed` where the page is not the one that was declared. */
export function listPageOf(html: string, pages: WebPages, where: string): ListPage {
  const page = load(html);
  for (const [selector, text] of Object.entries(pages.canary)) {
    const shown = texts(page(selector), page);
    if (shown !== squeezed(text)) throw changed(where, `"${selector}" should read "${squeezed(text)}" and reads "${shown.slice(0, 80)}"`);
  }
  const rows = page(pages.row)
    .toArray()
    .map((row) => {
      const id = valueIn(page(row), pages.id);
      if (id === undefined) throw changed(where, `a row shows no id at "${pages.id.select}"`);
      return { id, updated: pages.updated && valueIn(page(row), pages.updated) };
    });
  return { rows, hasNext: page(pages.next).length > 0 };
}

/** What a record's page says. What is blank there is not mentioned, so that it clears nothing. */
export function detailOf(
  html: string,
  { pages, fields, where }: { readonly pages: WebPages; readonly fields: Readonly<Record<string, Field>>; readonly where: string },
): Readonly<Record<string, unknown>> {
  const page = load(html);
  if (page(pages.detailCanary).length === 0) throw changed(where, `"${pages.detailCanary}" is not there`);
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(pages.fields)) {
    const place = page(value.select);
    // An empty place is a blank value; no place at all is another layout.
    if (place.length === 0) throw changed(where, `"${value.select}" (${name}) is not there`);
    const text = valueIn(page.root(), value);
    if (text === undefined && value.required) throw changed(where, `"${value.select}" (${name}) is blank, and is required`);
    if (text !== undefined) found[name] = typed(text, fields[name], `${where}: ${name}`);
  }
  return found;
}

function valueIn(scope: Element, { select, attribute, pattern }: WebValue): string | undefined {
  // The row itself may be what is selected.
  const place = scope.is(select) ? scope : scope.find(select).first();
  const raw = squeezed(attribute === undefined ? place.text() : (place.attr(attribute) ?? ""));
  const text = pattern === undefined ? raw : (new RegExp(pattern).exec(raw)?.[1] ?? "");
  return text === "" ? undefined : text;
}

const shapes: Readonly<Partial<Record<Field["type"], RegExp>>> = {
  decimal: /^-?[0-9]+(\.[0-9]+)?$/,
  number: /^-?[0-9]+(\.[0-9]+)?$/,
  integer: /^-?[0-9]+$/,
  date: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/,
  datetime: /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$/,
};

function typed(text: string, field: Field | undefined, where: string): unknown {
  const type = field?.type ?? "text";
  const isNumber = type === "decimal" || type === "number" || type === "integer";
  const plain = isNumber ? text.replace(/[$,\s]/g, "") : text;
  const shape = shapes[type];
  if ((shape && !shape.test(plain)) || (!shape && type !== "text")) throw changed(where, `"${text.slice(0, 40)}" is no ${type}`);
  return type === "number" || type === "integer" ? Number(plain) : plain;
}

function texts(found: Element, page: CheerioAPI): string {
  return squeezed(
    found
      .toArray()
      .map((one) => page(one).text())
      .join(" "),
  );
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function changed(where: string, what: string): VendorError {
  return new VendorError(`The web page ${where} is not laid out as declared: ${what}.`, {
    code: "centerpoint/layout-changed",
    next: "stop-stream",
    hint: "Nothing is read off a page that nobody has looked at. Compare it with `web.pages`, and declare what is there now.",
  });
}

const longest = 200;

/** What the vendor says is wrong, as far as the usual shapes of error bodies tell. */
export function vendorWords(body: unknown): { readonly text?: string; readonly field?: string } {
  if (typeof body === "string") {
    const text = visibleText(body, 80);
    return text === "" ? {} : { text };
  }
  if (Array.isArray(body)) return body.length === 0 ? {} : vendorWords(body[0]);
  if (!isObject(body)) return {};
  const perField = fieldWords(body.errors);
  const text = [perField?.text, body.message, body.error_description, body.error, body.detail, body.title, body.errors, body.msg]
    .map(plain)
    .find((found) => found !== "");
  return {
    ...(text === undefined ? {} : { text: shortened(text, longest) }),
    ...(perField === undefined ? {} : { field: perField.field }),
  };
}

/** What a person would see of a page, shortened. */
export function visibleText(html: string, length: number): string {
  const bare = html
    .slice(0, 20_000)
    .replace(/<(script|style|head)\b[\s\S]*?<\/\1\s*>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&nbsp;/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1]?.trim() ?? "";
  return shortened(bare === "" ? title : bare, length);
}

function fieldWords(errors: unknown): { text: string; field: string } | undefined {
  if (!isObject(errors)) return undefined;
  const [field, said] = Object.entries(errors)[0] ?? [];
  const text = plain(said);
  return field === undefined || text === "" ? undefined : { field, text };
}

function plain(said: unknown): string {
  if (typeof said === "string") return said.trim();
  if (Array.isArray(said) || isObject(said)) return vendorWords(said).text ?? "";
  return "";
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

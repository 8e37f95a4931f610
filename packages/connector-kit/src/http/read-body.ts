/** How a body turned out: `broken` began or was announced as JSON, and cannot be read. */
export interface ReadBody {
  readonly body: unknown;
  readonly form: "json" | "text" | "html" | "empty" | "broken";
}

/** `promised`: the caller can do nothing with anything but JSON. */
export function readBody(text: string, contentType: string, promised: boolean): ReadBody {
  const start = text.slice(0, 200).trimStart();
  if (start === "" && text.trim() === "") return { body: undefined, form: "empty" };
  const announced = /\bjson\b/i.test(contentType);
  const begins = start.startsWith("{") || start.startsWith("[");
  if (!announced && start.startsWith("<")) return { body: text, form: "html" };
  if (!announced && !begins && !promised) return { body: text, form: "text" };
  try {
    return { body: JSON.parse(text) as unknown, form: "json" };
  } catch {
    if (start.startsWith("<")) return { body: text, form: "html" };
    return { body: text, form: announced || (begins && promised) ? "broken" : "text" };
  }
}

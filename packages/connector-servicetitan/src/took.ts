import { sameMoment } from "./moment.js";

/**
 * Whether what was written is what is read: nothing and empty text are the same, moments may be written otherwise, numbers may come
 * as text, and an object, or a list of objects, may be read with more in it than was sent.
 */
export function took(sent: unknown, got: unknown): boolean {
  if (isNothing(sent)) return isNothing(got) || (Array.isArray(got) && got.length === 0);
  if (Array.isArray(sent)) return Array.isArray(got) && sameMembers(sent, got);
  if (isObject(sent)) return isObject(got) && Object.entries(sent).every(([name, value]) => took(value, got[name]));
  if (isObject(got)) return typeof sent === "number" && got.id === sent;
  if (typeof sent === "string" && typeof got === "string") return sent.trim() === got.trim() || sameMoment(sent, got);
  if (typeof sent === "boolean" || typeof got === "boolean") return sent === got;
  return String(sent) === String(got) || (!isNothing(got) && Number(sent) === Number(got));
}

/** In any order: ServiceTitan sorts tags and categories as it likes. */
function sameMembers(sent: readonly unknown[], got: readonly unknown[]): boolean {
  const whole = sent.length === got.length || (sent.length > 0 && sent.every(isObject));
  if (!whole) return false;
  const left = [...got];
  return sent.every((value) => {
    const index = left.findIndex((other) => took(value, other));
    if (index !== -1) left.splice(index, 1);
    return index !== -1;
  });
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import type { Path } from "./model.js";

/** `user.office` as its parts, `.` (the whole record) as none; `undefined` when it is not a path. */
export function parsePath(text: string): Path | undefined {
  if (text === ".") return [];
  const parts = text.split(".");
  return parts.some((part) => part.trim() === "" || part.trim() !== part) ? undefined : parts;
}

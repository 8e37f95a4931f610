/** Blank is missing, null, "" or white space; also a list with nothing in it but blanks. */
export function isBlank(value: unknown): boolean {
  if (typeof value === "string")
    return value === "" || (value.charCodeAt(0) <= 32 || value.charCodeAt(0) >= 160 ? value.trim() === "" : false);
  if (value === null || value === undefined) return true;
  return Array.isArray(value) && value.every(isBlank);
}

/** Fishbowl takes no parameters, so texts become literals of MySQL here and nowhere else. */
export function literal(value: string | number): string {
  if (typeof value === "number") return String(value);
  return `'${value.replace(/[\\']/g, "\\$&").replaceAll("\0", "\\0")}'`;
}

export function list(values: readonly (string | number)[]): string {
  return `(${values.map(literal).join(",")})`;
}

/** Some columns have the names of MySQL's own words. */
export function column(name: string): string {
  return `t.\`${name.replaceAll("`", "``")}\``;
}

/** Queries travel in the address, so lists of keys are cut into pieces. */
export function chunks<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, n) => values.slice(n * size, (n + 1) * size));
}

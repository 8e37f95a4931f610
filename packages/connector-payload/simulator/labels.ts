/** "lastName" -> "Last Name", "pipeline-stages" -> "Pipeline Stages". */
export function humanised(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[\s_-]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
}

export function plural(slug: string): string {
  return humanised(slug);
}

/** The usual English plurals, which is what slugs are made of. */
export function singular(slug: string): string {
  const words = humanised(slug);
  if (/ies$/.test(words)) return words.replace(/ies$/, "y");
  if (/(ss|sh|ch|x)es$/.test(words)) return words.replace(/es$/, "");
  return /[^s]s$/.test(words) && words !== "News" ? words.slice(0, -1) : words;
}

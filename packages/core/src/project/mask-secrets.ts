/** A line of a project file without what may be a secret: excerpts end up in logs. */
export function maskSecrets(line: string): string {
  return line
    .replace(
      /([A-Za-z_-]*(?:key|secret|token|passw(?:or)?d|credential)[A-Za-z_-]*["']?\s*:\s+)(?!["']?env:)("[^"]*"|'[^']*'|[^\s,}#][^,}#]*)/gi,
      "$1***",
    )
    .replace(/(\w+:\/\/[^\s:@/]+:)[^\s@/]+@/g, "$1***@");
}

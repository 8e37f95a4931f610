/**
 * `--simulate` takes a number or nothing. Written before a command ("--simulate sync") the command would be taken
 * for its number, so that the number is made part of the word: "--simulate=1 sync".
 */
export function settledArguments(given: readonly string[]): readonly string[] {
  const settled: string[] = [];
  for (let index = 0; index < given.length; index++) {
    const word = given[index] ?? "";
    if (word === "--") return [...settled, ...given.slice(index)];
    const next = given[index + 1];
    if (word !== "--simulate") settled.push(word);
    else if (next !== undefined && /^\d+(\.\d+)?$/.test(next)) settled.push(`--simulate=${given[++index]}`);
    else settled.push("--simulate=1");
  }
  return settled;
}

/** The value of `--project` wherever it stands, before anything is parsed. */
export function givenProject(given: readonly string[]): string | undefined {
  const joined = given.find((word) => word.startsWith("--project="));
  if (joined !== undefined) return joined.slice("--project=".length);
  const at = given.indexOf("--project");
  return at === -1 ? undefined : given[at + 1];
}

/** What of a screen is another every time: ids of plans, hashes of specs, times. They are taken from the README, so that all else can be compared. */
export interface Names {
  /** The id that a plan of this play has, by the one that the README gives it. */
  readonly plans: Map<string, string>;
}

const progress = /^(run \d+: |(read|plan|write) \S+: |[✓!✗] +(read|plan|write) )/;
const planId = /\b(?:Plan|plans|apply) ([2-9a-z]{6})\b/g;
const day = "2026-06-08";

/** The screen without the lines of progress, with the README's own ids, hashes and times. */
export function asPrinted(screen: string, shown: string, names: Names): string {
  const lines = screen
    .split("\n")
    .filter((line) => !progress.test(line))
    .map((line) => line.trimEnd());
  const text = lines.join("\n").replace(/^\n+|\n+$/g, "");
  for (const [at, id] of idsIn(text).entries()) {
    const readmes = idsIn(shown)[at] ?? id;
    if (![...names.plans.values()].includes(id)) names.plans.set(readmes, id);
  }
  const hashes = [...shown.matchAll(/\bspec ([0-9a-f]{6})\b/g)].map((found) => found[1]);
  return withReadmeIds(text, names)
    .replace(/\bspec [0-9a-f]{6}\b/g, (found) => `spec ${hashes.shift() ?? found.slice(5)}`)
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, `${day} 09:00:00`)
    .replace(/ +\d+\.\d s\b/g, (found) => " 0.1 s".padStart(found.length));
}

/** A command of the README as it is to be typed in this play. */
export function asTyped(command: string, { plans }: Names): string {
  return command.replace(/\b[2-9a-z]{6}\b/g, (word) => plans.get(word) ?? word);
}

/** Without what only depends on how wide a time is. */
export function comparable(screen: string): string {
  return screen.replace(/(\S) {2,}/g, "$1  ");
}

function withReadmeIds(text: string, { plans }: Names): string {
  return [...plans].reduce((sofar, [readmes, id]) => sofar.replaceAll(id, readmes), text);
}

function idsIn(text: string): string[] {
  return [...new Set([...text.matchAll(planId)].map((found) => found[1] ?? ""))];
}

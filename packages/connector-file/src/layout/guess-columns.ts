import { plainTitle } from "../header.js";

export interface ColumnGuess {
  readonly field: string;
  readonly why: string;
}

/** Words that stand for one another in titles. */
const synonyms: readonly (readonly string[])[] = [
  ["email", "emailaddress", "mail"],
  ["phone", "phonenumber", "telephone", "tel", "mobile"],
  ["firstname", "givenname", "forename"],
  ["lastname", "surname", "familyname"],
  ["zip", "zipcode", "postcode", "postalcode"],
  ["street", "address", "addressline1", "street1"],
  ["company", "companyname", "organization", "organisation", "account"],
  ["id", "no", "number", "nr"],
];

/** Which title is meant by which expected field. A field that two titles fit equally well gets none. */
export function guessColumns(titles: readonly string[], expected: readonly string[]): ReadonlyMap<string, ColumnGuess> {
  const guesses = new Map<string, ColumnGuess>();
  const left = new Set(expected);
  for (const { fits, why } of ways) {
    const free = titles.filter((title) => !guesses.has(title));
    const pairs = [...left].map((field) => ({ field, titles: free.filter((title) => fits(plainTitle(title), plainTitle(field))) }));
    for (const { field, titles: fitting } of pairs) {
      const [title] = fitting;
      const rival = pairs.some((other) => other.field !== field && other.titles.includes(title ?? ""));
      if (title === undefined) continue;
      // Where a better way finds two, a worse one must not pick one of them.
      left.delete(field);
      if (fitting.length === 1 && !rival) guesses.set(title, { field, why });
    }
  }
  return guesses;
}

const ways: readonly { readonly why: string; fits(title: string, field: string): boolean }[] = [
  { why: "has the same name", fits: (title, field) => title === field },
  { why: "means the same", fits: (title, field) => synonyms.some((words) => words.includes(title) && words.includes(field)) },
  { why: "is spelt nearly so", fits: (title, field) => field.length > 4 && distance(title, field) <= Math.floor(field.length / 5) },
  {
    why: "contains its name",
    fits: (title, field) => field.length > 3 && title.length > 3 && (title.includes(field) || field.includes(title)),
  },
];

function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 3) return Number.POSITIVE_INFINITY;
  let before = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let column = 1; column <= other.length; column++) {
      const change = (before[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      now.push(Math.min(change, (before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1));
    }
    before = now;
  }
  return before[other.length] ?? 0;
}

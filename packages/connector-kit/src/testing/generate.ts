import { cities, domains, families, given, streets, words } from "./invented.js";

/** Generated values, the same ones for the same seed. Everybody and everything in it is invented. */
export interface Random {
  /** 0 <= x < 1 */
  next(): number;
  /** A whole number, both ends included. */
  integer(from: number, to: number): number;
  chance(share: number): boolean;
  pick<T>(values: readonly T[]): T;
  givenName(): string;
  familyName(): string;
  name(): string;
  street(): string;
  city(): { readonly city: string; readonly state: string; readonly zip: string; readonly latitude: number; readonly longitude: number };
  /** At example.test; `unique` makes it so. */
  email(unique?: string | number): string;
  /** E.164 in the range kept for fiction: +1 AAA 555 01xx. */
  phone(): string;
  date(from: Date | string, to: Date | string): Date;
  words(count: number): string;
  sentence(): string;
  /** Upper-case letters and digits, easy to read aloud. */
  code(length: number): string;
  uuid(): string;
}

const golden = 0x9e3779b9;

/** Spreads neighbouring numbers over all 32 bits, so that index 7 and index 8 share nothing. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The generator of the record at `index`: needs none of the records before it. */
export function randomAt(seed: number, index: number): Random {
  return createRandom(mix(mix(seed) ^ mix(index + golden)));
}

export function createRandom(seed: number): Random {
  let state = mix(seed ^ golden);
  // Mulberry32: 32 bits of state, plenty for invented people.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(values: readonly T[]): T => {
    if (values.length === 0) throw new Error("Nothing to pick from: the list is empty.");
    return values[integer(0, values.length - 1)] as T;
  };
  const from = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[integer(0, alphabet.length - 1)]).join("");
  const givenName = (): string => pick(given);
  const familyName = (): string => pick(families);
  const manyWords = (count: number): string => Array.from({ length: count }, () => pick(words)).join(" ");
  return {
    next,
    integer,
    pick,
    givenName,
    familyName,
    chance: (share) => next() < share,
    name: () => `${givenName()} ${familyName()}`,
    street: () => `${integer(1, 9999)} ${pick(streets)}`,
    city: () => {
      const place = pick(cities);
      const near = (): number => Math.round((next() - 0.5) * 2e5) / 1e6;
      const latitude = Math.round((place.latitude + near()) * 1e6) / 1e6;
      const longitude = Math.round((place.longitude + near()) * 1e6) / 1e6;
      return { city: place.city, state: place.state, zip: place.zip + String(integer(0, 99)).padStart(2, "0"), latitude, longitude };
    },
    email: (unique) => `${givenName()}.${familyName()}${unique === undefined ? "" : `.${unique}`}@${pick(domains)}`.toLowerCase(),
    phone: () => `+1${pick(["201", "312", "415", "512", "602", "713", "808", "919"])}55501${String(integer(0, 99)).padStart(2, "0")}`,
    date: (a, b) => new Date(integer(new Date(a).getTime(), new Date(b).getTime())),
    words: manyWords,
    sentence: () => {
      const text = manyWords(integer(4, 12));
      return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
    },
    code: (length) => from("ABCDEFGHJKMNPQRSTUVWXYZ23456789", length),
    uuid: () =>
      `${from("0123456789abcdef", 8)}-${from("0123456789abcdef", 4)}-4${from("0123456789abcdef", 3)}-${from("89ab", 1)}${from("0123456789abcdef", 3)}-${from("0123456789abcdef", 12)}`,
  };
}

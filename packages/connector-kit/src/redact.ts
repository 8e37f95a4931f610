/** Hides known secrets in texts. */
export interface Redactor {
  /** From now on; empty values are ignored. */
  add(value: string): void;
  redact(text: string): string;
}

const mask = "***";
const shortest = 4; // below that a value occurs in ordinary text and is hidden only where it stands alone

/** Knows a secret also as part of an address, in JSON, and inside base64, as basic auth writes it. */
export function createRedactor(): Redactor {
  const patterns = new Map<string, readonly string[]>();
  let compiled: RegExp | undefined;
  return {
    add(value) {
      const secret = value.trim();
      if (secret === "" || patterns.has(secret)) return;
      patterns.set(secret, patternsOf(secret));
      compiled = undefined;
    },
    redact(text) {
      if (patterns.size === 0 || text === "") return text;
      compiled ??= new RegExp([...new Set([...patterns.values()].flat())].sort((a, b) => b.length - a.length).join("|"), "g");
      return text.replace(compiled, mask);
    },
  };
}

function patternsOf(secret: string): readonly string[] {
  const encoded = encodeURIComponent(secret);
  const spellings = new Set([
    secret,
    encoded,
    encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    new URLSearchParams({ "": secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
  ]);
  const plain = [...spellings].map(escaped);
  if (secret.length < shortest)
    return plain.map((text) => `(?<![\\p{L}\\p{N}])${text}(?![\\p{L}\\p{N}])`.replaceAll("\\p{L}\\p{N}", "A-Za-z0-9"));
  return [...plain, ...insideBase64(secret)];
}

/**
 * Base64 of a text that holds the secret somewhere: what it looks like depends on how many bytes stand before it, modulo 3.
 * Only the letters that the secret alone decides are looked for, and the whole base64 text around them is hidden.
 */
function insideBase64(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const patterns: string[] = [];
  for (const before of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor(((before + bytes.length) * 8) / 6);
    const core = text.slice(from, to);
    if (core.length < 6) continue; // so few letters occur by chance
    for (const spelling of new Set([core, core.replaceAll("+", "-").replaceAll("/", "_")])) {
      patterns.push(`[A-Za-z0-9+/_-]*${escaped(spelling)}[A-Za-z0-9+/_-]*={0,2}`);
    }
  }
  return patterns;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

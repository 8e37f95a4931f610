import { createHmac, timingSafeEqual } from "node:crypto";

export interface SignedWebhook {
  /** As it arrived, byte for byte: parsed and printed again it has another signature. */
  readonly rawBody: string | Uint8Array;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The HMAC key that was set for the application in the developer portal. */
  readonly key: string;
  /** "x-servicetitan-signature" if not given: the name that receivers in use go by; the vendor documents none. */
  readonly header?: string;
  /** Hex and base64 are both accepted if not given: the vendor does not say which it is. */
  readonly encoding?: "hex" | "base64";
  /** "sha256" if not given. */
  readonly algorithm?: string;
}

/** Whether a webhook was signed with the key. Takes the same time for every wrong signature. */
export function verifyWebhook({ rawBody, headers, key, header, encoding, algorithm }: SignedWebhook): boolean {
  if (key === "") return false;
  const given = headerOf(headers, header ?? "x-servicetitan-signature");
  if (given === undefined) return false;
  const expected = createHmac(algorithm ?? "sha256", key)
    .update(rawBody)
    .digest();
  const encodings = encoding === undefined ? (["hex", "base64"] as const) : [encoding];
  return encodings.some((one) => same(one === "hex" ? given.toLowerCase() : given, expected.toString(one)));
}

function headerOf(headers: SignedWebhook["headers"], wanted: string): string | undefined {
  const value = Object.entries(headers).find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];
  const first = typeof value === "string" ? value : value?.[0];
  // Some senders put the algorithm before it.
  return first?.trim().replace(/^sha\d+=/i, "");
}

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

import { VendorError } from "../vendor-error.js";

export type Query = Readonly<Record<string, string | number | boolean | readonly (string | number)[] | undefined>>;

/** Parameters and headers whose values are secret, by their names. */
export const secretName = /key|token|secret|passw|signature|^sig$|auth|credential|session|cookie|^code$/i;

/** The base address, without the account that may stand in it. */
export function parseBase(text: string): URL {
  const base = URL.canParse(text) ? new URL(text) : undefined;
  if (base === undefined || !/^https?:$/.test(base.protocol)) {
    throw new VendorError("The address of this connection is not one that HTTP can call.", {
      code: "http/bad-address",
      next: "stop-run",
      hint: "Write it like https://app.example.com/api.",
    });
  }
  base.username = "";
  base.password = "";
  return base;
}

/** `path` below the base, or where it points itself when it is absolute. */
export function addressOf(base: URL, path: string, query: Query | undefined): URL {
  const url = /^https?:\/\//i.test(path)
    ? parseBase(path)
    : new URL(`${base.origin}${base.pathname.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) url.searchParams.append(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  return url;
}

/** The address with the values of secret-sounding parameters hidden. */
export function withoutSecrets(url: URL): string {
  if (url.search === "") return url.href;
  const shown = new URL(url);
  for (const name of new Set(shown.searchParams.keys())) {
    if (secretName.test(name)) shown.searchParams.set(name, "***");
  }
  return shown.href;
}

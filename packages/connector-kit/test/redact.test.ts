import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor } from "../src/index.js";

function redacted(secret: string, text: string): string {
  const redactor = createRedactor();
  redactor.add(secret);
  return redactor.redact(text);
}

describe("a secret is hidden", () => {
  const secret = 'p@ss/wo+rd "1=2"&';

  test.each([
    ["as it is", secret],
    ["in an address", encodeURIComponent(secret)],
    ["in an address with small hexadecimals", encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())],
    ["in a form", new URLSearchParams({ a: secret }).toString().slice(2)],
    ["in JSON", JSON.stringify(secret).slice(1, -1)],
    ["in basic auth", Buffer.from(`somebody:${secret}`).toString("base64")],
    ["in base64 made for addresses", Buffer.from(`${secret}?`).toString("base64url")],
  ])("%s", (_, form) => {
    expect(redacted(secret, `before ${form} after ${form}`)).toBe("before *** after ***");
  });

  test("in base64 wherever it stands there, because a user's name before it shifts every letter", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, unit: "grapheme-ascii" }),
        fc.string({ maxLength: 9, unit: "grapheme" }),
        fc.string({ maxLength: 9, unit: "grapheme" }),
        (secret, before, after) => {
          fc.pre(secret.trim() === secret);
          expect(redacted(secret, `<${Buffer.from(before + secret + after).toString("base64")}>`)).toBe("<***>");
        },
      ),
    );
  });

  test("together with others, the longer one whole", () => {
    const redactor = createRedactor();
    for (const value of ["token", "token-with-more", "", "  "]) redactor.add(value);
    expect(redactor.redact("a token-with-more and a token")).toBe("a *** and a ***");
  });

  test("only where it stands alone when it is very short, because it occurs in ordinary words", () => {
    expect(redacted("ab", "about ab, (ab) cab")).toBe("about ***, (***) cab");
  });

  test("and nothing else is touched", () => {
    expect(redacted("secret-1", "an ordinary line, $& and \\d+")).toBe("an ordinary line, $& and \\d+");
    expect(createRedactor().redact("as it was")).toBe("as it was");
  });
});

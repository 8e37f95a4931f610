import slugify from "@sindresorhus/slugify";
import { z } from "zod";
import { CannotConvert } from "../cannot-convert.js";
import { kindOf, scalarText } from "../scalar-text.js";
import { stripHtml } from "../strip-html.js";
import { type Convert, defineTransform, scalars } from "../transform.js";

/** A step on text: numbers, dates and yes or no are taken as their text; lists and objects are refused. */
function onText(convert: (text: string) => unknown): Convert {
  return (value) => {
    const text = typeof value === "string" ? value : scalarText(value);
    return text === undefined ? new CannotConvert(`is ${kindOf(value)}, not text`) : convert(text);
  };
}

const onScalars = { takes: scalars, gives: "text" } as const;

const trim = defineTransform({
  ...onScalars,
  name: "trim",
  about: "Takes blanks off both ends.",
  make: () => onText((text) => text.trim()),
});

const lower = defineTransform({ ...onScalars, name: "lower", about: "Lower case.", make: () => onText((text) => text.toLowerCase()) });

const upper = defineTransform({ ...onScalars, name: "upper", about: "Upper case.", make: () => onText((text) => text.toUpperCase()) });

const title = defineTransform({
  ...onScalars,
  name: "title",
  about: "Each word with a capital, the rest in lower case: `o'brien SMITH-jones` becomes `O'Brien Smith-Jones`.",
  make: () =>
    onText((text) =>
      text.toLowerCase().replace(/(?<![\p{L}\p{M}\p{N}'’])(?:\p{L}['’](?=\p{L}{3}))?\p{L}/gu, (start) => start.toUpperCase()),
    ),
});

const digits = defineTransform({
  ...onScalars,
  name: "digits",
  about: "Only the digits 0 to 9.",
  make: () => onText((text) => text.replace(/[^0-9]/g, "")),
});

const replace = defineTransform({
  ...onScalars,
  name: "replace",
  argument: z.strictObject({
    find: z.string().min(1).describe("The text to replace, wherever it stands."),
    with: z.string().describe("What to put there."),
  }),
  about: 'Replaces a text by another, wherever it stands. Example: `{ replace: { find: "#", with: "" } }`',
  make: ({ find, with: put }) => onText((text) => text.replaceAll(find, () => put)),
});

const truncate = defineTransform({
  ...onScalars,
  name: "truncate",
  argument: z.int().min(1).max(1_000_000),
  about: "Keeps at most so many characters. Example: `{ truncate: 120 }`",
  make: (length) =>
    onText((text) => {
      if (text.length <= length) return text;
      // Characters, not UTF-16 halves: a cut must not leave half of one.
      return Array.from(text.slice(0, length * 2))
        .slice(0, length)
        .join("");
    }),
});

const strip_html = defineTransform({
  ...onScalars,
  name: "strip_html",
  about: "Takes the text out of HTML: no tags, scripts or comments; paragraphs become lines.",
  make: () => onText(stripHtml),
});

const slug = defineTransform({
  ...onScalars,
  name: "slug",
  about: "Lower-case letters, digits and `-`: `Café & Bar` becomes `cafe-and-bar`.",
  make: () => {
    const nothing = new CannotConvert("has no letter or digit that a slug can be made of");
    return onText((text) => {
      if (text.trim() === "") return null;
      return text.length > 1_000 ? new CannotConvert("is too long for a slug") : slugify(text) || nothing;
    });
  },
});

export const textSteps = [trim, lower, upper, title, digits, replace, truncate, strip_html, slug];

import { parseFullName } from "parse-full-name";
import { z } from "zod";
import { CannotConvert } from "../cannot-convert.js";
import { kindOf } from "../scalar-text.js";
import { type Convert, defineTransform } from "../transform.js";

const longest = 200; // characters

interface Name {
  readonly first: string;
  readonly middle: string;
  readonly last: string;
}

const twoWays = new CannotConvert(
  "can be read in two ways: what stands after the comma is a first name or a degree; write the first name first",
);

function nameOf(text: string): Name | CannotConvert {
  const name = parseFullName(text, "all", 0, 0, 0);
  const [, before, after] = /^([^,]+),\s*([^,\s]+)$/u.exec(text) ?? [];
  if (before === undefined || after === undefined || name.suffix !== after) return name;
  // After two words and a comma the parser takes any single word for a suffix: of `Mifsud Bonnici, Ugo` Ugo would be lost.
  if (parseFullName(`${before} ${after}`, "all", 0, 0, 0).suffix !== "") return name;
  const isLikeAName = /^\p{L}\p{M}*(?:[\p{Ll}\p{Lo}\p{M}]|['’-]\p{L})+$/u.test(after);
  if (isLikeAName) return { first: after, middle: "", last: [name.first, name.middle, name.last].filter((part) => part !== "").join(" ") };
  return before === before.toUpperCase() ? twoWays : name;
}

/** Upper and lower case stay as written; `title` is there to change them. */
function onName(pick: (name: Name) => string): Convert {
  return (value) => {
    if (typeof value !== "string") return new CannotConvert(`is ${kindOf(value)}, not a name`);
    const text = value.trim();
    if (text === "") return null;
    if (text.length > longest) return new CannotConvert("is too long for a person's name");
    const name = nameOf(text);
    return name instanceof CannotConvert ? name : pick(name) || null;
  };
}

const name_first = defineTransform({
  name: "name_first",
  takes: ["text"],
  gives: "text",
  argument: z.strictObject({ with_middle: z.boolean().describe("Whether middle names stay with the first one.") }).optional(),
  about:
    "The first name of a full name, in any order: `van der Berg, Jan` gives `Jan`. Blank where there is a single name only: that is taken for the last one.",
  make: (options) => onName(({ first, middle }) => (options?.with_middle ? `${first} ${middle}`.trim() : first)),
});

const name_last = defineTransform({
  name: "name_last",
  takes: ["text"],
  gives: "text",
  about: "The last name of a full name, with what belongs to it: `Jan van der Berg` gives `van der Berg`. A single name is a last one.",
  make: () => onName(({ last }) => last),
});

export const nameSteps = [name_first, name_last];

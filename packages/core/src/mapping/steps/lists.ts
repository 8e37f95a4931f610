import { z } from "zod";
import { CannotConvert } from "../cannot-convert.js";
import { isBlank } from "../is-blank.js";
import { kindOf, scalarText } from "../scalar-text.js";
import { defineTransform } from "../transform.js";

const split = defineTransform({
  name: "split",
  takes: ["text"],
  gives: "list",
  argument: z.string().min(1),
  about: 'Makes a list of a text, cut at this mark; blanks around the parts and blank parts are left out. Example: `{ split: "," }`',
  make: (mark) => (value) => {
    if (Array.isArray(value)) return value;
    const text = scalarText(value);
    if (text === undefined) return new CannotConvert(`is ${kindOf(value)}, not text`);
    return text
      .split(mark)
      .map((one) => one.trim())
      .filter((one) => one !== "");
  },
});

const join = defineTransform({
  name: "join",
  takes: ["list"],
  gives: "text",
  argument: z.string().default(", "),
  about: 'Makes a text of a list, with this between its members (`, ` if not given); blank ones are left out. Example: `{ join: "; " }`',
  make: (mark) => (value) => {
    if (!Array.isArray(value)) return scalarText(value) ?? new CannotConvert(`is ${kindOf(value)}, not a list`);
    const texts: string[] = [];
    for (const member of value) {
      if (isBlank(member)) continue;
      const text = scalarText(member);
      if (text === undefined)
        return new CannotConvert(`is a list that holds ${kindOf(member)}; take one field of its members: \`from: list.field\``);
      texts.push(text);
    }
    return texts.join(mark);
  },
});

const fallback = defineTransform({
  name: "default",
  takes: ["any"],
  gives: "same",
  blanks: true,
  argument: z.union([z.string(), z.number(), z.boolean()]),
  about: "This value where there is none, or a blank one. Example: `{ default: unknown }`",
  make: (instead) => (value) => (isBlank(value) ? instead : value),
});

export const listSteps = [split, join, fallback];

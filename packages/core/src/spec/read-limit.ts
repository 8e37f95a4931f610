import type { Limit } from "./model.js";
import type { Reading } from "./reading.js";
import type { PartPath } from "./source-text.js";

const form = /^(?:(\d{1,9})(?: and (\d{1,3}(?:\.\d{1,3})?) ?%)?|(\d{1,3}(?:\.\d{1,3})?) ?%)$/;

export interface LimitWords {
  readonly path: PartPath;
  /** The word that stands for a limit of its own: `no limit`, `exact`. */
  readonly word: string;
  readonly means: Limit | undefined;
}

/** `50`, `25%`, `50 and 25%`, or the word; `undefined` where there is no limit, or a finding says why. */
export function readLimit(input: string | number, words: LimitWords, reading: Reading): Limit | undefined {
  const text = String(input).trim();
  if (text === words.word) return words.means;
  const parts = form.exec(text);
  if (parts === null) {
    const swapped = /^(\d+(?:\.\d+)? ?%) and (\d+)$/.exec(text);
    reading.add({
      code: "spec/bad-value",
      path: words.path,
      message: `\`${text}\` is not a limit.`,
      hint:
        swapped === null
          ? `Write \`50\`, \`25%\`, \`50 and 25%\` (both passed), or \`${words.word}\`.`
          : `Write \`${swapped[2]} and ${swapped[1]}\`.`,
    });
    return undefined;
  }
  const [, count, both, alone] = parts;
  const percent = both ?? alone;
  return { ...(count === undefined ? {} : { count: Number(count) }), ...(percent === undefined ? {} : { percent: Number(percent) }) };
}

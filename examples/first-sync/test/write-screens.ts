/** Types the README's commands in a copy of this example, and writes the screens they give into the README. Read the diff before you keep it. */
import { writeFile } from "node:fs/promises";
import { asPrinted, asTyped, type Names } from "./as-printed.js";
import { openPlay } from "./play.js";
import { readmeFile, readmeSteps } from "./readme-steps.js";

const play = await openPlay();
const names: Names = { plans: new Map() };
try {
  const { page, steps } = await readmeSteps();
  let written = "";
  let upTo = 0;
  for (const { minute, commands, screen } of steps) {
    let said = "";
    for (const command of commands) {
      console.log(`${minute}: ${command}`);
      said += (await play.type(asTyped(command, names))).screen;
    }
    if (screen === undefined) continue;
    written += `${page.slice(upTo, screen.from)}${asPrinted(said, screen.text, names)}`;
    upTo = screen.to;
  }
  await writeFile(readmeFile, written + page.slice(upTo));
} finally {
  await play.close();
}

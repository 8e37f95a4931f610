const longest = 200; // characters: longer texts seldom come twice, and would fill the memory

/** Remembers what a costly pure function of a text gave, for about the last `size` to twice `size` texts. */
export function remember<T>(compute: (text: string) => T, size = 5_000): (text: string) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return (text) => {
    if (text.length > longest) return compute(text);
    const known = young.get(text);
    if (known !== undefined) return known;
    const result = old.get(text) ?? compute(text);
    if (young.size >= size) {
      old = young;
      young = new Map();
    }
    young.set(text, result);
    return result;
  };
}

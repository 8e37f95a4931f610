/** The shared texts of an Excel file: their bytes one behind the other, because a million strings of their own weigh three times as much. */
export interface TextTable {
  add(text: string): void;
  /** `undefined` where there is no text of this number. */
  get(index: number): string | undefined;
}

const firstBytes = 64 * 1024;

export function createTextTable(): TextTable {
  let bytes = Buffer.allocUnsafe(firstBytes);
  let ends = new Uint32Array(1024);
  let count = 0;
  const endOf = (index: number): number => (index < 0 ? 0 : (ends[index] ?? 0));
  return {
    add(text) {
      const start = endOf(count - 1);
      const needed = start + Buffer.byteLength(text);
      if (needed > bytes.length) {
        const wider = Buffer.allocUnsafe(Math.max(needed, bytes.length * 2));
        bytes.copy(wider, 0, 0, start);
        bytes = wider;
      }
      if (count === ends.length) {
        const wider = new Uint32Array(ends.length * 2);
        wider.set(ends);
        ends = wider;
      }
      bytes.write(text, start);
      ends[count] = needed;
      count++;
    },
    get: (index) =>
      Number.isInteger(index) && index >= 0 && index < count ? bytes.toString("utf8", endOf(index - 1), endOf(index)) : undefined,
  };
}

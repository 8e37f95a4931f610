/** Which keys a read has met, and in which file. Of each key only 53 bits of a hash are kept: 18 to 36 bytes a key. */
export interface SeenKeys {
  /** The number of the file that the key was met in before; without one it is now known as of this file. */
  meet(key: string, file: number): number | undefined;
}

const firstSlots = 1024;

// Two different keys share a hash once in 18,000 files of a million rows; the second row is then told as a double, not lost in silence.
export function createSeenKeys(): SeenKeys {
  let hashes = new Float64Array(firstSlots);
  let files = new Int32Array(firstSlots);
  let size = 0;
  const grow = (): void => {
    const [wider, owners] = [new Float64Array(hashes.length * 2), new Int32Array(hashes.length * 2)];
    for (const [at, hash] of hashes.entries()) {
      if (hash === 0) continue;
      const place = placeIn(wider, hash);
      wider[place] = hash;
      owners[place] = files[at] ?? 0;
    }
    [hashes, files] = [wider, owners];
  };
  return {
    meet(key, file) {
      const hash = hash53(key);
      const at = placeIn(hashes, hash);
      if (hashes[at] !== 0) return files[at];
      hashes[at] = hash;
      files[at] = file;
      size++;
      if (size > hashes.length * 0.66) grow();
      return undefined;
    },
  };
}

function placeIn(table: Float64Array, hash: number): number {
  let at = hash % table.length;
  while (table[at] !== 0 && table[at] !== hash) at = (at + 1) % table.length;
  return at;
}

/** Two multiplicative hashes of 32 bits with different constants, as one whole number from 1 to 2^53. */
function hash53(text: string): number {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x9e3779b1);
    other = Math.imul(other ^ code, 0x5f356495);
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
  other = Math.imul(other ^ (other >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  return (other & 0x1fffff) * 0x100000000 + (one >>> 0) + 1;
}

/** Entries of the table at most, and bits of a code. */
const ENTRIES = 4096, CODE_BITS = 12;

/**
 * Undoes the compression of a GIF file: the codes of Lempel, Ziv and Welch, whose table grows as
 * they are read.
 *
 * Source: CompuServe's GIF89a specification, appendix F.
 *
 * @param bits Bits of an index; codes have one more at first.
 * @param count Number of indices that are expected; what follows them is ignored.
 * @throws {Error} If the codes are damaged or end too early.
 */
export function unpackLzw(
  blocks: Iterable<Uint8Array>,
  { bits, count }: { bits: number; count: number },
): Uint8Array {
  if (bits > CODE_BITS) throw new Error(`its indices have ${bits} bits, more than ${CODE_BITS}`);
  const clear = 1 << bits, end = clear + 1;
  // Beyond the single indices, an entry is the string of another one and a last index.
  const strings = new Uint16Array(ENTRIES), lasts = new Uint8Array(ENTRIES);
  const lengths = new Uint16Array(ENTRIES).fill(1, 0, clear);
  for (let i = 0; i < clear && i < ENTRIES; i++) lasts[i] = i;
  const indices = new Uint8Array(count);
  let next = clear + 2, size = bits + 1; // the entry to be made, and bits of a code
  let previous = -1, first = 0, done = 0;
  for (const code of codes(blocks, () => size)) {
    if (code === end) break;
    if (code === clear) {
      next = clear + 2, size = bits + 1, previous = -1;
      continue;
    }
    if (code > (previous < 0 ? clear : next)) throw new Error("its compression is damaged");
    // The entry to be made is the previous string and the first index of the current one.
    const entry = code === next ? previous : code;
    const length = lengths[entry]!;
    let e = entry;
    for (let to = done + length - 1; to >= done; to--, e = strings[e]!) {
      if (to < count) indices[to] = first = lasts[e]!;
      else if (to === done) first = lasts[e]!;
    }
    done += length;
    if (code === next && done < count) indices[done++] = first;
    if (done >= count) return indices;
    if (previous >= 0 && next < ENTRIES) {
      strings[next] = previous, lasts[next] = first, lengths[next] = lengths[previous]! + 1;
      if (next === (1 << size) - 1 && size < CODE_BITS) size++;
      next++;
    }
    previous = code;
  }
  throw new Error("it ends before its image is complete");
}

/** The codes in blocks of bytes, lowest bits first; their size may grow from code to code. */
function* codes(blocks: Iterable<Uint8Array>, size: () => number): Generator<number, void, void> {
  let buffer = 0, available = 0;
  for (const block of blocks) {
    for (const byte of block) {
      buffer |= byte << available;
      available += 8;
      for (let bits = size(); available >= bits; bits = size()) {
        yield buffer & (1 << bits) - 1;
        buffer >>>= bits;
        available -= bits;
      }
    }
  }
}

import type { Random } from "../random/mod.ts";

/**
 * A copy of a file that is damaged as files get damaged, and worse: cut off, with other bytes, with
 * bytes lost or repeated, with blocks of zeros.
 */
export function damage(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  let damaged = new Uint8Array(bytes);
  for (let times = 1 + random.integer(3); times > 0; times--) {
    damaged = kinds[random.integer(kinds.length)]!(damaged, random);
  }
  return damaged;
}

type Kind = (bytes: Uint8Array<ArrayBuffer>, random: Random) => Uint8Array<ArrayBuffer>;

/** Values that programs take for lengths and signs. */
const extremes = [0, 1, 0x7f, 0x80, 0xff];

const kinds: Kind[] = [
  (bytes, random) => bytes.slice(0, random.integer(bytes.length + 1)),
  (bytes, random) => {
    for (let count = 1 + random.integer(8); count > 0; count--) {
      bytes[random.integer(bytes.length + 1)] = random.integer(256);
    }
    return bytes;
  },
  (bytes, random) => {
    const at = random.integer(Math.min(bytes.length, 64) + 1); // headers come first
    bytes.fill(extremes[random.integer(extremes.length)]!, at, at + 1 + random.integer(4));
    return bytes;
  },
  (bytes, random) => {
    const at = random.integer(bytes.length + 1);
    return bytes.fill(0, at, at + random.integer(600));
  },
  (bytes, random) => {
    const [from, to] = [random.integer(bytes.length + 1), random.integer(bytes.length + 1)];
    return join(bytes.subarray(0, to), bytes.subarray(from)); // bytes are lost or repeated
  },
];

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

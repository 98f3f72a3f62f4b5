import type { Source } from "./source.ts";

/** The longest pickle that is read; those of published checkpoints have less than a megabyte. */
export const MAX_PICKLE = 64 * 2 ** 20;

/** Reads a pickle's bytes forward, without taking in the gigabytes that may follow them. */
export class Cursor {
  #source: Source;
  #start: number;
  #limit: number;
  #bytes = new Uint8Array(0);
  #at = 0;

  /** A cursor at a place in a source, which reads no more bytes than a limit. */
  constructor(source: Source, start = 0, limit: number = MAX_PICKLE) {
    this.#source = source;
    this.#start = start;
    this.#limit = limit;
  }

  /** The place in the source. */
  get position(): number {
    return this.#start + this.#at;
  }

  /** Says why the source cannot be read. */
  refuse(why: string): never {
    return this.#source.refuse(why);
  }

  /** The next bytes. */
  bytes(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) this.#grow(end);
    this.#at = end;
    return this.#bytes.subarray(end - length, end);
  }

  /** One byte. */
  byte(): number {
    return this.bytes(1)[0]!;
  }

  /** A number that `read` takes from the next bytes. */
  number<T>(length: number, read: (view: DataView) => T): T {
    const bytes = this.bytes(length);
    return read(new DataView(bytes.buffer, bytes.byteOffset, length));
  }

  /** A length of 1, 2, 4 or 8 bytes, least byte first. */
  length(width: 1 | 2 | 4 | 8): number {
    return this.bytes(width).reduce((sum, byte, i) => sum + byte * 256 ** i, 0);
  }

  /** UTF-8 text of a number of bytes. */
  text(length: number): string {
    const bytes = this.bytes(length);
    return decode(bytes) ?? decode(withoutSurrogates(bytes)) ??
      this.refuse(`its pickle holds a text that is not UTF-8 before byte ${this.position}`);
  }

  /** Text of Latin-1 up to the end of the line, which is passed. */
  line(): string {
    let text = "";
    for (let byte = this.byte(); byte !== 10; byte = this.byte()) {
      text += String.fromCharCode(byte);
      if (text.length > 4096) this.refuse("its pickle holds a line without end");
    }
    return text;
  }

  #grow(end: number): void {
    const there = this.#source.size - this.#start;
    if (end > there) this.refuse("it is truncated: its pickle has no end");
    if (end > this.#limit) this.refuse(`its pickle has more than ${this.#limit} bytes`);
    const length = Math.min(there, this.#limit, Math.max(end, 2 * this.#bytes.length, 2 ** 16));
    const more = this.#source.read(this.#start + this.#bytes.length, length - this.#bytes.length);
    const bytes = new Uint8Array(length);
    bytes.set(this.#bytes);
    bytes.set(more, this.#bytes.length);
    this.#bytes = bytes;
  }
}

/** Bytes as UTF-8, or `null` where they are not. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * UTF-8 with replacement characters in the place of lone surrogates, as which Python keeps the
 * bytes of file names that are not UTF-8.
 */
function withoutSurrogates(bytes: Uint8Array): Uint8Array {
  const replaced = bytes.slice();
  for (let i = 0; i + 2 < bytes.length; i++) {
    if (bytes[i] === 0xed && bytes[i + 1]! >= 0xa0) replaced.set([0xef, 0xbf, 0xbd], i);
  }
  return replaced;
}

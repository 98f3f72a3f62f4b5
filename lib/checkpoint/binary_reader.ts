/** Reads bytes in memory forward: what the formats of LevelDB and of protocol buffers share. */
export class BinaryReader {
  readonly #bytes: Uint8Array;
  readonly #damaged: () => never;
  #at = 0;

  /** A reader of bytes, which calls `damaged` where they do not make sense. */
  constructor(bytes: Uint8Array, damaged: () => never) {
    this.#bytes = bytes;
    this.#damaged = damaged;
  }

  /** Whether all bytes were read. */
  get isDone(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The next bytes. */
  bytes(length: number): Uint8Array {
    const end = this.#at + length;
    if (!(length >= 0 && end <= this.#bytes.length)) this.#damaged();
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }

  /** A whole number of 4 bytes, least byte first. */
  uint32(): number {
    const { buffer, byteOffset } = this.bytes(4);
    return new DataView(buffer, byteOffset, 4).getUint32(0, true);
  }

  /** A whole number of 7 bits a byte, the least first; the upper bit says that more follow. */
  varint(): number {
    let value = 0n;
    for (let shift = 0n; shift < 64n; shift += 7n) {
      const [byte] = this.bytes(1) as unknown as [number];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
    return this.#damaged();
  }

  /**
   * The fields of a message of protocol buffers: each with its number, and a number or bytes.
   *
   * Source: protobuf.dev, "Encoding".
   */
  fields(): [field: number, value: number | Uint8Array][] {
    const fields: [number, number | Uint8Array][] = [];
    while (!this.isDone) {
      const tag = this.varint();
      fields.push([tag >>> 3, this.#value(tag & 7)]);
    }
    return fields;
  }

  #value(type: number): number | Uint8Array {
    if (type === 0) return this.varint();
    if (type === 1) return this.bytes(8);
    if (type === 2) return this.bytes(this.varint());
    return type === 5 ? this.uint32() : this.#damaged();
  }
}

import type { Image } from "../images/mod.ts";
import type { Sample } from "./sample.ts";
import { reasonOf, refuseBad, type Skipped } from "./skipped.ts";

/**
 * Reads samples and keeps the first of them in memory, up to a budget of bytes: as every epoch
 * visits all of them, replacing some by others would gain nothing. The pixels are in shared memory,
 * so that workers get them without a copy.
 */
export class Cache {
  /** Samples that could not be read, by their index. */
  readonly skipped: Map<number, Skipped> = new Map();
  readonly #images = new Map<number, Image>();
  #left: number;

  /**
   * @param samples The samples; others name them by their index.
   * @param bytes The budget.
   * @param maxBad The greatest share of samples that may be unreadable, 0 to 1.
   */
  constructor(readonly samples: Sample[], bytes: number, readonly maxBad: number) {
    this.#left = bytes;
  }

  /**
   * The image of a sample, or of the next one that can be read.
   *
   * @throws {Error} If more samples cannot be read than allowed.
   */
  async read(index: number): Promise<Image> {
    const { samples, skipped } = this;
    for (let tries = 0; tries < samples.length; tries++) {
      const at = (index + tries) % samples.length;
      const cached = this.#images.get(at);
      if (cached) return cached;
      if (skipped.has(at)) continue;
      const sample = samples[at]!;
      try {
        return this.#keep(at, inSharedMemory(await sample.read()));
      } catch (error) {
        skipped.set(at, { id: sample.id, reason: reasonOf(error) });
        refuseBad([...skipped.values()], samples.length, this.maxBad);
      }
    }
    const [example] = skipped.values();
    throw new Error(
      `Cannot read any of ${samples.length} images, e.g. ${example?.id}: ${example?.reason}`,
    );
  }

  #keep(index: number, image: Image): Image {
    if (image.data.length <= this.#left && !this.#images.has(index)) {
      this.#left -= image.data.length;
      this.#images.set(index, image);
    }
    return image;
  }
}

function inSharedMemory({ width, height, data }: Image): Image {
  const copy = new Uint8Array(new SharedArrayBuffer(data.length));
  copy.set(data);
  return { width, height, data: copy };
}

import type { Image } from "../images/mod.ts";
import type { Sample } from "./sample.ts";
import { reasonOf, refuseBad, type Skipped } from "./skipped.ts";

/**
 * Reads samples and keeps the first of them in memory, up to a budget of bytes: as every epoch visits all, throwing some out
 * for others would gain nothing. The pixels lie in shared memory, so that workers get them without a copy.
 */
export class Cache {
  /** Samples that could not be read, by their place. */
  readonly skipped: Map<number, Skipped> = new Map();
  readonly #images = new Map<number, Image>();
  #left: number;

  /**
   * @param samples The samples, named by their place among them.
   * @param bytes The budget.
   * @param maxBad The greatest share of samples that may be unreadable.
   */
  constructor(readonly samples: Sample[], bytes: number, readonly maxBad: number) {
    this.#left = bytes;
  }

  /**
   * The image at a place, or the next one that can be read in its stead.
   *
   * @throws {Error} If more samples cannot be read than may be so.
   */
  async read(place: number): Promise<Image> {
    const { samples, skipped } = this;
    for (let tries = 0; tries < samples.length; tries++) {
      const at = (place + tries) % samples.length;
      const known = this.#images.get(at);
      if (known) return known;
      if (skipped.has(at)) continue;
      try {
        return this.#keep(at, shared(await samples[at].read()));
      } catch (error) {
        skipped.set(at, { id: samples[at].id, reason: reasonOf(error) });
        refuseBad([...skipped.values()], samples.length, this.maxBad);
      }
    }
    throw new Error(
      `Cannot read any of ${samples.length} images, e.g. ${samples[place].id}: ${
        skipped.get(place)?.reason
      }`,
    );
  }

  #keep(place: number, image: Image): Image {
    if (image.data.length <= this.#left && !this.#images.has(place)) {
      this.#left -= image.data.length;
      this.#images.set(place, image);
    }
    return image;
  }
}

function shared({ width, height, data }: Image): Image {
  const copy = new Uint8Array(new SharedArrayBuffer(data.length));
  copy.set(data);
  return { width, height, data: copy };
}

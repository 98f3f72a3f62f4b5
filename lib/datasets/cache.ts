import type { Image } from "../images/mod.ts";
import type { ImageFile } from "./image_file.ts";
import { inSharedMemory } from "./piece.ts";
import type { Sample } from "./sample.ts";
import { reasonOf, refuseBad, type Skipped } from "./skipped.ts";

/** A sample that stands in a batch: its index, and its image or where this lies. */
export type Source = { index: number; source: Image | ImageFile };

/**
 * Tells where the images of samples come from, and keeps the first of them in memory, up to a
 * budget of bytes: as every epoch visits all of them, replacing some by others would gain nothing.
 * The pixels are in shared memory, so that workers get them without a copy.
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

  /** Whether there is room for more images. */
  get keeps(): boolean {
    return this.#left > 0;
  }

  /**
   * The source of a sample, or of the next one that can be read as far as is known.
   *
   * @throws {Error} If more samples cannot be read than allowed.
   */
  async source(index: number): Promise<Source> {
    const { samples, skipped } = this;
    for (let tries = 0; tries < samples.length; tries++) {
      const at = (index + tries) % samples.length;
      const image = this.#images.get(at);
      if (image) return { index: at, source: image };
      if (skipped.has(at)) continue;
      const sample = samples[at]!;
      if (sample.file) return { index: at, source: sample.file };
      try {
        const image = inSharedMemory(await sample.read());
        this.keep(at, image);
        return { index: at, source: image };
      } catch (error) {
        this.skip(at, reasonOf(error));
      }
    }
    const [example] = skipped.values();
    throw new Error(
      `Cannot read any of ${samples.length} images, e.g. ${example?.id}: ${example?.reason}`,
    );
  }

  /** Keeps an image if there is room for it. */
  keep(index: number, image: Image): void {
    if (image.data.length > this.#left || this.#images.has(index)) return;
    this.#left -= image.data.length;
    this.#images.set(index, image);
  }

  /**
   * Remembers that a sample cannot be read.
   *
   * @throws {Error} If more samples cannot be read than allowed.
   */
  skip(index: number, reason: string): void {
    const { samples, skipped } = this;
    if (skipped.has(index)) return; // several batches may try the same image at once
    skipped.set(index, { id: samples[index]!.id, reason });
    refuseBad([...skipped.values()], samples.length, this.maxBad);
  }
}

/** How fast steps follow each other, over the last seconds. */
export class Pace {
  #batchSize: number;
  #clock: () => number;
  #window: number;
  /** When the last steps ended, and how long each had waited for its data, in seconds. */
  #steps: { end: number; waited: number }[] = [];

  /** @param options `clock` gives seconds; `window` is how many of them count. */
  constructor(
    batchSize: number,
    { clock = () => performance.now() / 1000, window = 10 } = {},
  ) {
    this.#batchSize = batchSize;
    this.#clock = clock;
    this.#window = window;
  }

  /**
   * Says that a step has ended, for which data was waited for. The first one, which compiles, is
   * not counted.
   */
  step(waited: number): void {
    const end = this.#clock();
    this.#steps.push({ end, waited });
    while (this.#steps.length > 2 && this.#steps[1]!.end <= end - this.#window) this.#steps.shift();
  }

  /** Mean seconds of a step; 0 before the second. */
  get secondsPerStep(): number {
    const count = this.#steps.length - 1;
    return count < 1 ? 0 : this.#seconds / count;
  }

  /** Images a second; 0 before the second step. */
  get imagesPerSecond(): number {
    return this.secondsPerStep && this.#batchSize / this.secondsPerStep;
  }

  /** The part of the time that was spent waiting for data. */
  get waitShare(): number {
    const waited = this.#steps.slice(1).reduce((sum, { waited }) => sum + waited, 0);
    return waited && Math.min(1, waited / this.#seconds);
  }

  get #seconds(): number {
    return this.#steps.at(-1)!.end - this.#steps[0]!.end;
  }
}

/** The state of a {@linkcode Random}: four 32-bit words. */
export type RandomState = readonly [number, number, number, number];

/**
 * A seeded generator of random numbers (sfc32) whose state is plain data, so that a run can be
 * continued. It is not for cryptography.
 *
 * Source: Chris Doty-Humphrey's PractRand, sfc32.
 */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #d = 1;

  /**
   * A generator at the beginning of its sequence, or at a state it had before.
   *
   * @param seed Any text or number; equal seeds give equal sequences on every machine.
   */
  constructor(seed: string | number | RandomState) {
    if (Array.isArray(seed)) {
      [this.#a, this.#b, this.#c, this.#d] = seed;
      return;
    }
    [this.#a, this.#b, this.#c] = [hash(`0:${seed}`), hash(`1:${seed}`), hash(`2:${seed}`)];
    for (let i = 0; i < 16; i++) this.bits();
  }

  /** The state, from which the constructor can continue. */
  get state(): RandomState {
    return [this.#a, this.#b, this.#c, this.#d];
  }

  /** A separate generator for a named purpose; this one does not advance. */
  fork(name: string | number): Random {
    return new Random(`${this.state}/${name}`);
  }

  /** 32 random bits, as an unsigned integer. */
  bits(): number {
    const t = (this.#a + this.#b | 0) + this.#d | 0;
    this.#d = this.#d + 1 | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = this.#c + (this.#c << 3) | 0;
    this.#c = (this.#c << 21 | this.#c >>> 11) + t | 0;
    return t >>> 0;
  }

  /** Uniform in [low, high). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.bits() / 4294967296);
  }

  /** A uniform integer in [0, count). */
  integer(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Normal with the given mean and standard deviation (Box-Muller). */
  normal(mean = 0, deviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** The next `count` numbers of {@linkcode normal}, several times as fast as one by one. */
  normals(count: number, mean = 0, deviation = 1): Float32Array<ArrayBuffer> {
    const values = new Float32Array(count);
    let [a, b, c, d] = this.state;
    for (let i = 0; i < count; i++) {
      let t = (a + b | 0) + d | 0; // as in bits(), twice, in local variables
      d = d + 1 | 0;
      a = b ^ (b >>> 9);
      b = c + (c << 3) | 0;
      c = (c << 21 | c >>> 11) + t | 0;
      const radius = Math.sqrt(-2 * Math.log(1 - (t >>> 0) / 4294967296));
      t = (a + b | 0) + d | 0;
      d = d + 1 | 0;
      a = b ^ (b >>> 9);
      b = c + (c << 3) | 0;
      c = (c << 21 | c >>> 11) + t | 0;
      values[i] = mean + deviation * radius * Math.cos(2 * Math.PI * ((t >>> 0) / 4294967296));
    }
    [this.#a, this.#b, this.#c, this.#d] = [a, b, c, d];
    return values;
  }

  /** Beta-distributed in [0, 1], from two gamma variables. */
  beta(alpha: number, beta: number): number {
    const a = this.#gamma(alpha);
    return a / (a + this.#gamma(beta));
  }

  /** Gamma with scale 1 (Marsaglia and Tsang 2000); a shape below 1 is drawn from the shape + 1. */
  #gamma(shape: number): number {
    if (shape < 1) return this.#gamma(shape + 1) * (1 - this.uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    while (true) {
      const x = this.normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - this.uniform()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  /** The numbers 0, 1, ..., count - 1 in random order (Fisher-Yates). */
  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }
}

/** 32-bit FNV-1a with a final mix. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
  h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
  return (h ^ h >>> 16) | 0;
}

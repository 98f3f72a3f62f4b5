import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { type ViewOptions, weakView } from "./mod.ts";

const none: ViewOptions = {
  size: 2,
  scale: [1, 1],
  flip: 0,
  jitter: 0,
  jitterStrength: [0.4, 0, 0, 0],
  grayscale: 0,
  blur: 0,
  solarize: 0,
};

/** Two columns: on the left 200, 100, 100 and on the right 100, 100, 100. */
const image: Image = {
  width: 2,
  height: 2,
  data: Uint8Array.from([200, 100, 100, 100, 100, 100, 200, 100, 100, 100, 100, 100]),
};

const views = (options: Partial<ViewOptions>) => {
  const random = new Random("views");
  return Array.from({ length: 4000 }, () => weakView(image, { ...none, ...options }, random).data);
};
const share = (all: Uint8Array[], has: (data: Uint8Array) => boolean) =>
  all.filter(has).length / all.length;

Deno.test("weakView() applies each operation with its probability", () => {
  assertAlmostEquals(share(views({ flip: 0.5 }), (data) => data[0] === 100), 0.5, 0.025);
  assertAlmostEquals(share(views({ grayscale: 0.2 }), (data) => data[0] === data[1]), 0.2, 0.02);
  assertAlmostEquals(share(views({ solarize: 0.2 }), (data) => data[0] === 55), 0.2, 0.02);
  const jittered = share(views({ jitter: 0.8 }), (data) => data[0] !== 200);
  assertAlmostEquals(jittered, 0.8, 0.03); // few factors are so near 1 that no byte changes
});

Deno.test("weakView() draws brightness uniformly around 1 within its strength", () => {
  const greens = views({ jitter: 1 }).map((data) => data[1]! + 0.5); // truncated
  const mean = greens.reduce((a, b) => a + b) / greens.length;
  const variance = greens.reduce((a, b) => a + (b - mean) ** 2, 0) / greens.length;
  assertAlmostEquals(mean, 100, 1);
  assertAlmostEquals(variance, 80 ** 2 / 12, 20);
  assert(Math.min(...greens) >= 60 && Math.max(...greens) <= 141);
});

/** Records the ranges of uniform draws, and the permutations. */
class Recording extends Random {
  readonly ranges = new Set<string>();
  readonly orders: string[] = [];
  override uniform(low = 0, high = 1): number {
    this.ranges.add(`${Number(low.toPrecision(6))} ${Number(high.toPrecision(6))}`);
    return super.uniform(low, high);
  }
  override permutation(count: number): Uint32Array {
    const order = super.permutation(count);
    this.orders.push(order.join());
    return order;
  }
}

Deno.test("weakView() draws jitter, in any order, and blur from the official ranges", () => {
  const random = new Recording("ranges");
  const jitterStrength = [0.4, 0.4, 0.2, 0.1] as const;
  const options: ViewOptions = { ...none, jitter: 1, jitterStrength, blur: 1 };
  for (let i = 0; i < 4800; i++) weakView(image, options, random);
  // Brightness and contrast, saturation, hue, standard deviation of the blur.
  for (const range of ["0.6 1.4", "0.8 1.2", "-0.1 0.1", "0.1 2"]) {
    assert(random.ranges.has(range), `${range} is not among ${[...random.ranges].join(", ")}`);
  }
  const orders = new Set(random.orders);
  assertEquals(orders.size, 24);
  for (const order of orders) {
    const share = random.orders.filter((other) => other === order).length / random.orders.length;
    assertAlmostEquals(share, 1 / 24, 0.012, order);
  }
});

import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { Random } from "./mod.ts";

const draw = (random: Random, count = 5) => Array.from({ length: count }, () => random.bits());

Deno.test("equal seeds give equal sequences, other seeds other ones", () => {
  assertEquals(draw(new Random(7)), draw(new Random("7")));
  assertNotEquals(draw(new Random(7)), draw(new Random(8)));
});

Deno.test("a sequence is the same on every machine", () => {
  assertEquals(draw(new Random("mugs"), 3), [3721507478, 818901371, 277088734]);
});

Deno.test("a generator continues from its state", () => {
  const random = new Random(1);
  draw(random);
  const { state } = random;
  assertEquals(draw(new Random(JSON.parse(JSON.stringify(state)))), draw(random));
});

Deno.test("a fork is a generator of its own and leaves its parent where it was", () => {
  const random = new Random(1);
  const before = random.state;
  const [a, b] = [draw(random.fork("a")), draw(random.fork("b"))];
  assertNotEquals(a, b);
  assertEquals(random.state, before);
});

Deno.test("normals() gives the numbers of normal(), and the sequence continues after them", () => {
  const [one, many] = [new Random(3), new Random(3)];
  const expected = Float32Array.from({ length: 1000 }, () => one.normal(1, 2));
  assertEquals(many.normals(1000, 1, 2), expected);
  assertEquals(many.state, one.state);
});

Deno.test("Beta-distributed numbers have the mean and the variance of their parameters", () => {
  for (const [a, b] of [[0.8, 0.8], [1, 1], [0.3, 2], [5, 2]] as const) {
    const random = new Random(`beta ${a} ${b}`);
    const values = Array.from({ length: 20000 }, () => random.beta(a, b));
    const mean = values.reduce((sum, x) => sum + x) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    assert(values.every((x) => x >= 0 && x <= 1));
    assertAlmostEquals(mean, a / (a + b), 0.01);
    assertAlmostEquals(variance, a * b / ((a + b) ** 2 * (a + b + 1)), 0.005);
  }
});

Deno.test("uniform numbers fill their interval evenly", () => {
  const random = new Random(3);
  const numbers = Array.from({ length: 20_000 }, () => random.uniform(2, 4));
  assert(numbers.every((x) => x >= 2 && x < 4));
  const bins = new Array(10).fill(0);
  for (const x of numbers) bins[Math.floor((x - 2) * 5)]++;
  for (const n of bins) assertAlmostEquals(n, 2000, 200);
});

Deno.test("normal numbers have the requested mean and deviation", () => {
  const random = new Random(4);
  const numbers = Array.from({ length: 20_000 }, () => random.normal(3, 2));
  const mean = numbers.reduce((a, b) => a + b) / numbers.length;
  const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / numbers.length;
  assertAlmostEquals(mean, 3, 0.06);
  assertAlmostEquals(variance, 4, 0.15);
});

Deno.test("a permutation holds every index once, in an order that the seed decides", () => {
  const order = new Random(5).permutation(100);
  assertEquals([...order].sort((a, b) => a - b), Array.from({ length: 100 }, (_, i) => i));
  assertNotEquals([...order], [...order].sort((a, b) => a - b));
  assertEquals(order, new Random(5).permutation(100));
});

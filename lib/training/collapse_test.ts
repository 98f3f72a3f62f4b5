import { assertEquals, assertMatch } from "@std/assert";
import { collapse } from "./collapse.ts";

const sound = { spread: 0.8, targetEntropy: 1, prototypeEntropy: 4 };

Deno.test("collapse() is silent while features and assignments differ", () => {
  assertEquals(collapse(sound, { share: 0.5 }), null);
});

Deno.test("collapse() warns of features that are all the same, but not at the beginning", () => {
  assertMatch(collapse({ ...sound, spread: 0.01 }, { share: 0.5 })!, /same features/);
  assertEquals(collapse({ ...sound, spread: 0.01 }, { share: 0.01 }), null);
});

Deno.test("collapse() warns of projections on one line", () => {
  assertMatch(collapse({ spread: 0.3, dimensions: 1.1 }, { share: 0.5 })!, /on one line/);
  assertEquals(collapse({ spread: 0.3, dimensions: 2 }, { share: 0.5 }), null);
});

Deno.test("collapse() warns of one prototype for all, and of all prototypes for each", () => {
  for (const entropy of [0, 6.9]) {
    const signs = { ...sound, targetEntropy: entropy, prototypeEntropy: entropy };
    assertMatch(collapse(signs, { share: 0.5 })!, /same prototypes/);
  }
});

import { assertEquals } from "@std/assert";
import { configureClassifier } from "../configs/mod.ts";
import { classifierSetup } from "../protocols/mod.ts";
import { classifierLayout } from "./classifier_layout.ts";

/** The official fine-tuning of a ViT-S, 1,024 images a step. */
const config = configureClassifier("fine-tune", { preset: "vit_small_800ep" });
const sizes = { imageSize: 224, patchSize: 16, width: 384, depth: 12, heads: 6, mlpRatio: 4 };
const setup = classifierSetup(config, { ...sizes, relationBlocks: 0 }, 1000);
const gigabytes = (count: number) => count * 2 ** 30;

Deno.test("on a processor a classifier is cut into chains as a pre-training is", () => {
  const layout = (processors: number) => classifierLayout(setup, {}, { processors, memory: null });
  assertEquals(layout(2), { chains: 2, recompute: undefined, lean: undefined });
  assertEquals(layout(16), { chains: undefined, recompute: undefined, lean: undefined });
});

Deno.test("on a GPU a classifier is one chain, and its memory decides what is kept", () => {
  const layout = (memory: number, requested = {}) =>
    classifierLayout(setup, requested, { processors: 2, memory: gigabytes(memory) });
  const all = { chains: undefined, recompute: undefined, lean: true };
  assertEquals(layout(139), all);
  assertEquals(layout(24), { ...all, recompute: true });
  assertEquals(layout(24, { accumulate: 16 }), { ...all, accumulate: 16 });
  assertEquals(layout(24, { recompute: false }), { ...all, recompute: false });
});

import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { poly } from "./mod.ts";

golden("dense/segmentation_data", "the rate falls as officially", (g) => {
  const { args, values } = g.json.augment.poly_lr;
  const rate = poly(args.base, args.max_iters, {
    power: args.power,
    final: args.min_lr,
    warmup: args.warmup_iters,
    warmupShare: args.warmup_ratio,
  });
  for (const [step, value] of (values as number[]).entries()) {
    assertAlmostEquals(rate(step), value, 1e-12 * args.base, `step ${step}`);
  }
}, { files: "segmentation_data.safetensors" });

Deno.test("poly() falls by a power, and refuses a warm-up that is too long", () => {
  const rate = poly(1, 4, { power: 2, final: 0 });
  assertEquals([0, 2, 4].map(rate), [1, 0.25, 0]);
  assertThrows(() => poly(1, 4, { warmup: 5 }), RangeError, "shorten the warm-up");
});

import { assertEquals } from "@std/assert";
import { type Config, presets, tiny, toFlags } from "../configs/mod.ts";
import { configFlags, configure } from "./config_flags.ts";
import { parse } from "./flags.ts";

/** What the command line makes of a configuration's flags. */
function back(config: Config) {
  return configure(parse(toFlags(config), configFlags).values);
}

Deno.test("toFlags() tells the command line every preset", async () => {
  for (const preset of Object.values(presets)) {
    assertEquals(await back(preset), preset);
  }
});

Deno.test("toFlags() tells what differs from the preset, its own rules for other batches aside", async () => {
  const config = {
    ...tiny,
    steps: 12,
    batchSize: 32,
    lossWeights: [1, 0, 0.5] as [number, number, number],
    warmup: "5%" as const,
    exif: true,
    sharedCrops: false,
    evalSize: null,
  };
  assertEquals(await back(config), config);
});

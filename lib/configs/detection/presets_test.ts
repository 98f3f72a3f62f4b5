import { assertEquals, assertThrows } from "@std/assert";
import { checkOptions, configureDetection, detectionFields, detectionPresets } from "../mod.ts";

Deno.test("every preset of detection keeps to its fields, and is known by its name", () => {
  for (const [name, config] of Object.entries(detectionPresets)) {
    const { protocol: _, preset, ...rest } = config;
    assertEquals(preset, name);
    checkOptions(rest, detectionFields);
    assertEquals(configureDetection({ preset: name }), config);
  }
});

Deno.test("the preset of ViT-S has the values of Mugs' vit_small_giou_4conv1f_coco_1x.py", () => {
  const config = detectionPresets.vit_small_coco_1x!;
  assertEquals(config.batchSize, 8 * 4); // GPUs, and images of each
  assertEquals([config.learningRate, config.weightDecay, config.layerDecay], [2e-4, 0.05, 0.8]);
  assertEquals([config.epochs, config.fallAfter, config.fallFactor], [12, [8, 11], 0.1]);
  assertEquals([config.warmupSteps, config.warmupShare], [500, 0.001]);
  const { shortSides, cropShortSides, longSide, cropSides, scoredSide } = config;
  assertEquals([shortSides.length, shortSides[0], shortSides.at(-1), longSide], [
    11,
    480,
    800,
    1333,
  ]);
  assertEquals([cropShortSides, cropSides, scoredSide], [[400, 500, 600], [384, 600], 800]);
});

Deno.test("what does not fit is refused", () => {
  const refused = (overrides: Parameters<typeof configureDetection>[0], message: string) =>
    assertThrows(() => configureDetection(overrides), RangeError, message);
  refused({ preset: "big" }, 'no preset "big"');
  refused({ overrides: { cropSides: [9, 8] } }, "`cropSides` 9,8 begins above its end");
  refused({ overrides: { padMultiple: 48 } }, "multiple of 32");
  refused({ overrides: { positions: [64, 0] } }, "`positions` takes a height and a width, or 0,0");
});

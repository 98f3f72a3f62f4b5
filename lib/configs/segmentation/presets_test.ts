import { assertEquals, assertThrows } from "@std/assert";
import {
  checkOptions,
  configureSegmentation,
  segmentationFields,
  segmentationPresets,
} from "../mod.ts";

Deno.test("every preset of segmentation keeps to its fields, and is known by its name", () => {
  for (const [name, config] of Object.entries(segmentationPresets)) {
    const { protocol: _, preset, ...rest } = config;
    assertEquals(preset, name);
    checkOptions(rest, segmentationFields);
    assertEquals(configureSegmentation({ preset: name }), config);
  }
});

Deno.test("a head chooses its preset, and epochs replace the steps of one", () => {
  assertEquals(configureSegmentation().preset, "tiny");
  assertEquals(configureSegmentation({ overrides: { head: "upernet" } }).preset, "tiny_upernet");
  const preset = "vit_base_linear";
  assertEquals(configureSegmentation({ preset }).steps, 160_000);
  assertEquals(configureSegmentation({ preset, overrides: { epochs: 2 } }).steps, null);
  assertEquals(configureSegmentation({ preset, overrides: { steps: 5 } }).steps, 5);
});

Deno.test("what does not fit is refused", () => {
  assertThrows(() => configureSegmentation({ preset: "big" }), RangeError, 'no preset "big"');
  assertThrows(
    () => configureSegmentation({ overrides: { scale: [2, 1] } }),
    RangeError,
    "`scale` 2,1 begins above its end",
  );
});

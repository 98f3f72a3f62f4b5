import { assertEquals, assertMatch } from "@std/assert";
import type { Content } from "../specification.ts";
import { showProgress } from "./show_progress.ts";

Deno.test("showProgress() shows how far each thing is in one place, with the time left, and its end", async () => {
  const shown: Content[] = [];
  const display = { show: (content: Content) => Promise.resolve(void shown.push(content)) };
  const onProgress = showProgress({ seconds: 0, display });
  onProgress({ what: "features", done: 10, total: 40 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  onProgress({ what: "features", done: 20, total: 40 });
  onProgress({ what: "features", done: 40, total: 40 });
  onProgress({ what: "probe", done: 1, total: 2 });
  await new Promise((resolve) => setTimeout(resolve, 5));
  assertEquals([shown[0], ...shown.slice(2)], [
    "features: 10 of 40",
    "features: 40 of 40",
    "probe: 1 of 2",
  ]);
  assertMatch(`${shown[1]}`, /^features: 20 of 40, \d+ s left$/);
});

Deno.test("showProgress() draws no more often than it may, but each end", async () => {
  const shown: Content[] = [];
  const display = { show: (content: Content) => Promise.resolve(void shown.push(content)) };
  const onProgress = showProgress({ seconds: 60, display });
  for (let done = 1; done <= 100; done++) onProgress({ what: "features", done, total: 100 });
  await new Promise((resolve) => setTimeout(resolve, 5));
  assertEquals(shown.map((line) => `${line}`.split(",")[0]), [
    "features: 1 of 100",
    "features: 100 of 100",
  ]);
});

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Pace } from "./pace.ts";

function paced(steps: [seconds: number, waited: number][]): Pace {
  let time = 0;
  const pace = new Pace(64, { clock: () => time, window: 10 });
  for (const [seconds, waited] of steps) {
    time += seconds;
    pace.step(waited);
  }
  return pace;
}

Deno.test("Pace does not count the first step, which compiles", () => {
  assertEquals(paced([[30, 0]]).imagesPerSecond, 0);
  assertAlmostEquals(paced([[30, 0], [0.5, 0], [0.5, 0]]).imagesPerSecond, 128);
});

Deno.test("Pace forgets what was long ago", () => {
  const slowThenFast = [...Array(10).fill([5, 0]), ...Array(20).fill([1, 0])];
  assertAlmostEquals(paced(slowThenFast).secondsPerStep, 1);
});

Deno.test("Pace tells the share of time that was waited", () => {
  assertAlmostEquals(paced([[30, 9], [2, 1], [2, 0]]).waitShare, 0.25);
});

import { assertEquals, assertMatch } from "@std/assert";
import { fact } from "../testing/sample_fact.ts";
import { defaultObserver, notebookObserver } from "./notebook_observer.ts";
import { silent } from "./observer.ts";

/** Places of an output, each with what was shown there. */
function output() {
  const places: unknown[][] = [];
  const display = () => {
    const shown: unknown[] = [];
    places.push(shown);
    return { show: (content: unknown) => Promise.resolve(void shown.push(content)) };
  };
  return { places, display };
}

Deno.test("a cell shows steps with the time left in one place, and lines beneath", async () => {
  const { places, display } = output();
  const observer = notebookObserver({ seconds: 60, display });
  for (const step of [1, 2, 3]) observer.step?.({ ...fact, step, steps: 3 });
  observer.tell("skipped a.png");
  observer.count?.({ what: "features", done: 2, total: 2 });
  await new Promise((resolve) => setTimeout(resolve));
  const [steps = [], counts = [], lines = []] = places;
  assertEquals(steps.length, 2, "the first and the last of three steps within a minute");
  for (const line of steps) assertMatch(line as string, /^`.* left .* images\/s/);
  assertEquals(counts, ["features: 2 of 2"]);
  assertEquals(lines, ["skipped a.png"]);
});

Deno.test("a program that is no notebook tells nobody unless an observer is given", () => {
  assertEquals(defaultObserver(), silent);
});

import { assertEquals, assertMatch } from "@std/assert";
import { fact } from "../testing/sample_fact.ts";
import { duration, ProgressBar, progressLine } from "./progress.ts";

Deno.test("progressLine() gives the step, the losses, the speed and the time left", () => {
  const line = progressLine(fact, 160);
  assertMatch(line, /█.*10\/100 .*instance 6\.12 .*local-group 5\.00 .*group 7\.00 /);
  assertMatch(line, /group 7\.00 .*450 images\/s.*1 min 15 s left/);
});

Deno.test("progressLine() gives the total where it is the only loss", () => {
  assertMatch(progressLine({ ...fact, losses: { total: 6.04 } }, 160), /10\/100 +loss 6\.04 +450/);
});

Deno.test("progressLine() gives no speed before it is known", () => {
  const first = progressLine({ ...fact, step: 1, imagesPerSecond: 0, secondsLeft: 0 }, 160);
  assertMatch(first, /1\/100.*group 7\.00$/);
});

Deno.test("progressLine() never is wider than the screen", () => {
  for (const columns of [20, 80, 100, 120, 200]) {
    assertEquals([...progressLine(fact, columns)].length <= columns, true);
  }
});

Deno.test("duration() names the two largest units", () => {
  assertEquals([8, 200, 3720].map(duration), ["8 s", "3 min 20 s", "1 h 02 min"]);
});

Deno.test("ProgressBar rewrites its line on a terminal, and ends it", () => {
  let text = "";
  const screen = { write: (t: string) => void (text += t), isTerminal: true, columns: 120 };
  {
    using bar = new ProgressBar(screen);
    bar.show(fact);
    bar.show({ ...fact, step: 11 }); // too soon
    bar.show({ ...fact, step: 100 });
  }
  assertEquals(text.split("\r").length, 3);
  assertEquals(text.endsWith("\n"), true);
});

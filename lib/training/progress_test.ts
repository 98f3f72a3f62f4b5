import { assertEquals, assertMatch } from "@std/assert";
import { fact } from "../testing/sample_fact.ts";
import { duration, ProgressBar, progressLine } from "./progress.ts";

Deno.test("progressLine() gives the time left, a bar, the step, the speed and last the losses", () => {
  const line = progressLine(fact, 160);
  assertMatch(
    line,
    /^1 min 15 s left █+[^ ]* 10\/100 +450 images\/s, 5 % waiting +instance 6\.12 /,
  );
  assertMatch(line, /instance 6\.12 +local-group 5\.00 +group 7\.00$/);
});

Deno.test("progressLine() gives the total where it is the only loss", () => {
  const line = progressLine({ ...fact, losses: { total: 6.04 } }, 160);
  assertMatch(line, /10\/100 +450 images.* loss 6\.04$/);
});

Deno.test("progressLine() gives the total for the losses where they do not fit", () => {
  assertMatch(
    progressLine(fact, 80),
    /^1 min 15 s left █.* 450 images\/s, 5 % waiting +loss 6\.04$/,
  );
});

Deno.test("progressLine() gives the time left of a long run at 80 columns", () => {
  const long = { ...fact, step: 12345, steps: 1000000, secondsLeft: 3e6, imagesPerSecond: 1234 };
  assertMatch(progressLine(long, 80), /^833 h 20 min left .{8,} 12345\/1000000 +1234 images\/s/);
});

Deno.test("progressLine() gives a decimal of a speed below 10 images a second", () => {
  const at = (imagesPerSecond: number) => progressLine({ ...fact, imagesPerSecond }, 160);
  assertMatch(at(0.68), / 0\.7 images\/s/);
  assertMatch(at(0.031), / 0\.031 images\/s/);
  assertMatch(at(10.4), / 10 images\/s/);
});

Deno.test("progressLine() gives no speed before it is known", () => {
  const first = progressLine({ ...fact, step: 1, imagesPerSecond: 0, secondsLeft: 0 }, 160);
  assertMatch(first, /^[█▏▎▍▌▋▊▉·]+ 1\/100 +instance.*group 7\.00$/);
});

Deno.test("progressLine() never is wider than the screen", () => {
  for (const columns of [1, 10, 20, 40, 80, 100, 120, 200]) {
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

Deno.test("ProgressBar asks for the width at each draw", () => {
  const lines: string[] = [];
  const screen = { write: (line: string) => void lines.push(line), isTerminal: true, columns: 120 };
  using bar = new ProgressBar(screen);
  bar.show(fact);
  screen.columns = 60;
  bar.show({ ...fact, step: 100 });
  const widths = lines.map((line) => [...line.replace("\r\x1b[2K", "")].length);
  assertEquals([widths[0]! > 100, widths[1]! < 60], [true, true]);
});

Deno.test("ProgressBar writes whole lines where there is no terminal, the first at once", () => {
  let text = "";
  const screen = { write: (t: string) => void (text += t), isTerminal: false, columns: 120 };
  using bar = new ProgressBar(screen);
  for (let step = 1; step <= 50; step++) bar.show({ ...fact, step });
  bar.show({ ...fact, step: 100 });
  assertMatch(text, /^[^\r]* 1\/100 [^\n\r]*\n[^\r]* 100\/100 [^\n\r]*\n$/);
});

import { assertEquals, assertMatch } from "@std/assert";
import { StandardError } from "./mod.ts";

/** What is written to a screen of 40 columns. */
function written(isTerminal: boolean, use: (screen: StandardError) => void): string {
  let text = "";
  const screen = { isTerminal, columns: 40, write: (more: string) => void (text += more) };
  using reports = new StandardError((line) => line, screen);
  use(reports);
  reports[Symbol.dispose]();
  return text;
}

const count = (done: number) => ({ what: "passes", done, total: 1000 });

Deno.test("a line that is told stands alone, and not behind a count", () => {
  const text = written(true, (reports) => {
    reports.count(count(0));
    reports.tell("a note");
  });
  assertEquals(text, "\r\x1b[Kpasses: 0/1000\r\x1b[Ka note\n");
});

Deno.test("a line that is told ends within a terminal's columns, and is whole in a file", () => {
  const path = "a-path-that-is-longer-than-any-line-of-the-terminal.safetensors";
  const line = `${path}: a ViT of width 192, depth 12, 3 heads, patches of 8; 150 tensors matched`;
  const text = written(true, (reports) => reports.tell(line));
  assertEquals(
    text,
    `${path}:\na ViT of width 192, depth 12, 3 heads,\npatches of 8; 150 tensors matched\n`,
  );
  assertEquals(written(false, (reports) => reports.tell(line)), `${line}\n`);
  const short = "x".repeat(38) + " y";
  assertEquals(written(true, (reports) => reports.tell(short)), `${short}\n`);
});

Deno.test("a count that is broken off ends its line", () => {
  assertEquals(written(true, (reports) => reports.count(count(0))), "\r\x1b[Kpasses: 0/1000\n");
});

Deno.test("a terminal shows the first and the last of many counts, and few between them", () => {
  const text = written(true, (reports) => {
    for (let done = 0; done <= 1000; done++) reports.count(count(done));
  });
  const draws = text.split("\r\x1b[K").slice(1);
  assertEquals(draws[0], "passes: 0/1000");
  assertMatch(draws.at(-1)!, /^passes: 1000\/1000, \d+\/s\n$/);
  assertEquals(draws.length < 50, true);
});

Deno.test("without a terminal, a count is shown at its end and every 15 seconds", () => {
  const text = written(false, (reports) => [0, 1, 1000].forEach((n) => reports.count(count(n))));
  assertMatch(text, /^passes: 1000\/1000, .*\/s\n$/);
});

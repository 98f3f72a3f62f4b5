import { assertEquals } from "@std/assert";
import { countLine } from "./count_line.ts";

const count = { what: "features", done: 30, total: 90 };

Deno.test("countLine() shows how many a second, and the time left", () => {
  assertEquals(countLine(count, { seconds: 15, from: 0 }), "features: 30/90, 2.0/s, 30 s left");
  assertEquals(countLine(count, { seconds: 2, from: 0 }), "features: 30/90, 15/s, 4 s left");
});

Deno.test("countLine() shows the seconds that each takes where these are more than one", () => {
  const line = countLine(count, { seconds: 213, from: 0 });
  assertEquals(line, "features: 30/90, 7.1 s each, 7 min 06 s left");
});

Deno.test("countLine() guesses no speed from what was done before the time ran", () => {
  assertEquals(countLine(count, { seconds: 0, from: 30 }), "features: 30/90");
  assertEquals(countLine(count, { seconds: 5, from: 20 }), "features: 30/90, 2.0/s, 30 s left");
});

Deno.test("countLine() leaves no time where everything is done", () => {
  assertEquals(
    countLine({ ...count, total: 30 }, { seconds: 15, from: 0 }),
    "features: 30/30, 2.0/s",
  );
});

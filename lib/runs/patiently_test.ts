import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { patiently } from "./patiently.ts";

const full = () => Object.assign(new Error("No space left on device"), { code: "ENOSPC" });

Deno.test("patiently() tries until there is room, and reports begin and end", async () => {
  const lines: string[] = [];
  let tries = 0;
  const write = () => {
    if (++tries < 4) throw full();
    return "written";
  };
  assertEquals(
    await patiently(write, {
      what: "the checkpoint of step 7 in runs/a",
      tell: (line) => lines.push(line),
      wait: 0.001,
    }),
    "written",
  );
  assertEquals([tries, lines.length], [4, 2]);
  assertStringIncludes(
    lines[0] ?? "",
    "paused: Cannot write the checkpoint of step 7 in runs/a: No space left on device. " +
      "What was saved before stays",
  );
});

Deno.test("patiently() does not wait for what time does not cure", async () => {
  let tries = 0;
  const write = () => {
    tries++;
    throw new TypeError("no such tensor");
  };
  await assertRejects(
    () => patiently(write, { what: "it", tell() {} }),
    TypeError,
    "no such tensor",
  );
  assertEquals(tries, 1);
});

Deno.test("patiently() gives up when it is lines to", async () => {
  const stop = new AbortController();
  const waiting = patiently(() => Promise.reject(full()), {
    what: "it",
    tell() {},
    signal: stop.signal,
  });
  setTimeout(() => stop.abort(), 5);
  await assertRejects(() => waiting, Error, "No space left");
});

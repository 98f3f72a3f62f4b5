import { assert, assertEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import type { Steadiness } from "./steady.ts";

const root = new URL("../../", import.meta.url);

permittedTest(
  "200 steps hold as many tensors and handles as the first, and no more memory",
  ["run", "read", "write", "env", "ffi", "sys"],
  async () => {
    // A process of its own, in which nothing else takes memory. Every collection of garbage is a
    // full one: otherwise V8's heaps, one a worker, grow by 10 % until their first full collection.
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-q",
        "--no-check",
        "--v8-flags=--gc-global",
        "-P",
        "lib/bench/steady.ts",
        "200",
      ],
      cwd: root,
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assert(success, text(stderr));
    const report: Steadiness = JSON.parse(text(stdout));
    assertEquals(report.changed, null);
    // It is below 1 %. Were every batch kept, it would be 5 %.
    assert(report.growth < 0.03, `resident memory grew by ${100 * report.growth} %`);
    assert(report.waitShare < 1 && report.first.handles > 100 && report.last.resident > 1e8);
  },
);

import { assertEquals, assertMatch } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";

const project = decodeURIComponent(new URL("../../", import.meta.url).pathname);

permittedTest(
  "a task ends quietly where nobody reads what it prints (case broken-pipe)",
  ["run", "read", "write", "env", "sys"],
  async () => {
    if (Deno.build.os === "windows") return; // it has no sh
    for (const words of ["pretrain.ts --help", "convert.ts --help", "evaluate.ts --version"]) {
      // What is read waits, so that the reader is gone before anything is printed.
      const script = `{ sleep 0.2; "$0" run -q -P lib/tasks/${words}; echo "code $?" >&2; } | true`;
      const { stderr } = await new Deno.Command("sh", {
        args: ["-c", script, Deno.execPath()],
        cwd: project,
        env: { NO_COLOR: "1" },
      }).output();
      assertEquals(new TextDecoder().decode(stderr), "code 0\n", words);
    }
  },
);

permittedTest(
  "a task whose output finds no room says so in a sentence",
  ["run", "read", "write", "env", "sys"],
  async () => {
    if (Deno.build.os !== "linux") return; // others have no /dev/full
    for (
      const words of ["pretrain.ts --help", "convert.ts --version", "pretrain.ts --print-config"]
    ) {
      const script = `"$0" run -q -P lib/tasks/${words} > /dev/full`;
      const { code, stderr } = await new Deno.Command("sh", {
        args: ["-c", script, Deno.execPath()],
        cwd: project,
        env: { NO_COLOR: "1" },
      }).output();
      const text = new TextDecoder().decode(stderr);
      assertMatch(text, /^error: Cannot write to standard output: [^\n]+\n$/);
      assertEquals(code, 1);
    }
  },
);

import { assertEquals } from "@std/assert";
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

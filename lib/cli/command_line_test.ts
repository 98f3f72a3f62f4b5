import { assertEquals } from "@std/assert";
import { commandLine } from "./command_line.ts";

Deno.test("commandLine() leaves out flags with their values, and quotes for the shell", () => {
  const args = ["--data", "my images", "--minutes", "3", "--seed=1", "--fresh"];
  assertEquals(
    commandLine("pretrain", args, { without: ["--minutes", "--fresh!"], more: ["--resume"] }),
    "deno task pretrain --data 'my images' --seed=1 --resume",
  );
});

Deno.test("commandLine() quotes what cannot be printed such that a shell reads it", () => {
  const line = commandLine("pretrain", ["--out", "a'\n\u009b\"b"]);
  assertEquals(line, `deno task pretrain --out $'a\\'\\n\\u009b\\"b'`);
});

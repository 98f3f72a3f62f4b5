import { assert, assertEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { exitCodes } from "../cli/exit_codes.ts";
import { kebab } from "../cli/flag.ts";

const lib = new URL("../", import.meta.url);

/** The part of the README on what goes wrong. */
async function troubles(): Promise<string> {
  const text = await Deno.readTextFile(new URL("../README.md", lib));
  return text.split("\n## ").find((part) => part.startsWith("When something goes wrong")) ?? "";
}

function sources(folder: URL): string {
  return [...Deno.readDirSync(folder)].map(({ name, isDirectory }) =>
    isDirectory
      ? sources(new URL(`${name}/`, folder))
      : /(?<!_test)\.ts$/.test(name)
      ? Deno.readTextFileSync(new URL(name, folder))
      : ""
  ).join("\n");
}

permittedTest("the README lists the exit codes", ["read"], async () => {
  const rows = [...(await troubles()).matchAll(/^\| +(\d+) \| (.*?) +\|$/gm)]
    .map(([, code, about]) => [code, about]);
  const codes = Object.values(exitCodes).map(({ code, about }) => [`${code}`, about]);
  assertEquals(rows, [["0", "the task is done"], ...codes]);
});

permittedTest(
  "every message that the README explains is one of the program's",
  ["read"],
  async () => {
    const items = (await troubles()).split(/^- /m).slice(1).map((item) =>
      item.replace(/\s+/g, " ")
    );
    const messages = items.flatMap((item) => /^(`[^`]+`(?:, `[^`]+`)*):/.exec(item)?.[1] ?? [])
      .flatMap((list) => list.slice(1, -1).split("`, `"));
    assert(messages.length > 15, `${messages.length} messages`);
    const all = sources(lib)
      .replace(/["`] \+\s+["`]/g, "") // joins sentences of several lines
      // as the command line words them
      .replace(/\\?`([a-z]\w*)\\?`/g, (_, name) => `--${kebab(name)}`);
    assertEquals(messages.filter((message) => !all.includes(message)), []);
  },
);

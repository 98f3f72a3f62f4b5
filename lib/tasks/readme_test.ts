import { assert, assertEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { exitCodes } from "../cli/exit_codes.ts";

const lib = new URL("../", import.meta.url);

/** The part of the README on what goes wrong: the cells of the rows of its tables. */
async function rows(): Promise<string[][]> {
  const text = await Deno.readTextFile(new URL("../README.md", lib));
  const [, part] = text.split("## When something goes wrong");
  return part.split("\n## ")[0].split("\n").filter((line) => /^\| +[^-\s]/.test(line))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
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

permittedTest("the README tells the exit codes", ["read"], async () => {
  const told = (await rows()).filter(([code]) => /^\d+$/.test(code));
  const known = Object.values(exitCodes).map(({ code, about }) => [`${code}`, about]);
  assertEquals(told, [["0", "done"], ...known]);
});

permittedTest(
  "every message that the README explains is one of the program's",
  ["read"],
  async () => {
    const messages = (await rows()).flatMap(([seen]) => seen.match(/^(`[^`]+`(, )?)+$/) ? seen : [])
      .flatMap((seen) => [...seen.matchAll(/`([^`]+)`/g)].map(([, message]) => message));
    assert(messages.length > 15, `${messages.length} messages`);
    const all = sources(lib).replace(/["`] \+\s+["`]/g, ""); // sentences that go over several lines
    assertEquals(messages.filter((message) => !all.includes(message)), []);
  },
);

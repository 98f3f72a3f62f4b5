import { assert, assertEquals } from "@std/assert";
import { fields } from "../../configs/mod.ts";
import { permittedTest } from "../../testing/permitted.ts";

const readme = new URL("README.md", import.meta.url);

permittedTest("every oddity of the original names a test that is there", ["read"], async () => {
  const text = await Deno.readTextFile(readme);
  const links = [...text.matchAll(/\[([^\]]+)\]\((\S+_test\.ts)\)/g)];
  assert(links.length > 20);
  for (const [, title, path] of links) {
    const test = await Deno.readTextFile(new URL(path, readme));
    assert(test.includes(title), `${path} has no test "${title}"`);
  }
  const rows = text.split("\n").filter((line) =>
    /^\| [^-]/.test(line) && !/^\| the original/.test(line)
  );
  assertEquals(rows.filter((row) => !row.includes("_test.ts)")), []);
});

permittedTest("every switch of an oddity is a field of the configuration", ["read"], async () => {
  const text = await Deno.readTextFile(readme);
  const known = Object.keys(fields).map((name) =>
    name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
  );
  const cells = text.split("\n").filter((line) => line.startsWith("| ")).map((line) =>
    line.split(" | ")[2]
  );
  const flags = cells.flatMap((cell) =>
    [...(cell ?? "").matchAll(/--([a-z][a-z-]*)/g)].map(([, flag]) => flag)
  );
  assert(flags.length > 5);
  assertEquals(flags.filter((flag) => !known.includes(flag)), []);
});

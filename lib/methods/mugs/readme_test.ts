import { assert, assertEquals } from "@std/assert";
import { fieldsOf, kebab } from "../../configs/mod.ts";
import { permittedTest } from "../../testing/permitted.ts";

const readme = new URL("README.md", import.meta.url);

/** The oddities of the list, each on one line. */
async function oddities(): Promise<string[]> {
  const [, ...items] = (await Deno.readTextFile(readme)).split(/\n(?=- )/);
  return items.map((item) => item.split(/\n\n|\n#/)[0]!.replaceAll(/\s+/g, " "));
}

permittedTest("every oddity of the original names a test that is there", ["read"], async () => {
  const items = await oddities();
  assert(items.length > 20);
  for (const item of items) {
    const links = [...item.matchAll(/\[([^\]]+)\]\((\S+_test\.ts)\)/g)];
    assert(links.length > 0, `no test of "${item}"`);
    for (const [, title = "", path = ""] of links) {
      const test = await Deno.readTextFile(new URL(path, readme));
      assert(test.includes(title), `${path} has no test "${title}"`);
    }
  }
});

permittedTest("every switch of an oddity is a field of the configuration", ["read"], async () => {
  const flags = Object.keys(fieldsOf("mugs")).map(kebab);
  const switches = (await oddities()).flatMap((item) => {
    const [, words = ""] = /- Switch: (.*?) - Tests?:/.exec(item) ?? [];
    return [...words.matchAll(/--([a-z][a-z-]*)/g)].map(([, flag = ""]) => flag);
  });
  assert(switches.length > 5);
  assertEquals(switches.filter((flag) => !flags.includes(flag)), []);
});

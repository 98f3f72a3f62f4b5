import { assert, assertEquals } from "@std/assert";
import { kebab } from "../cli/flag.ts";
import { fieldsOf } from "../configs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";

/** The methods whose folder has a list of oddities, and the fewest items and switches in it. */
const lists = {
  mugs: { items: 21, switches: 6 },
  dino: { items: 9, switches: 4 },
} as const;

for (const [method, least] of Object.entries(lists)) {
  const readme = new URL(`${method}/README.md`, import.meta.url);

  /** The oddities of the list, each on one line. */
  const oddities = async (): Promise<string[]> => {
    const [, ...items] = (await Deno.readTextFile(readme)).split(/\n(?=- )/);
    return items.map((item) => item.split(/\n\n|\n#/)[0]!.replaceAll(/\s+/g, " "));
  };

  permittedTest(`every oddity of ${method} names a test that is there`, ["read"], async () => {
    const items = await oddities();
    assert(items.length >= least.items);
    for (const item of items) {
      const links = [...item.matchAll(/\[([^\]]+)\]\((\S+_test\.ts)\)/g)];
      assert(links.length > 0, `no test of "${item}"`);
      for (const [, title = "", path = ""] of links) {
        const test = await Deno.readTextFile(new URL(path, readme));
        assert(test.includes(title), `${path} has no test "${title}"`);
      }
    }
  });

  permittedTest(`every switch of an oddity of ${method} is a field`, ["read"], async () => {
    const flags = Object.keys(fieldsOf(method)).map(kebab);
    const switches = (await oddities()).flatMap((item) => {
      const [, words = ""] = /- Switch: (.*?) - Tests?:/.exec(item) ?? [];
      return [...words.matchAll(/--([a-z][a-z-]*)/g)].map(([, flag = ""]) => flag);
    });
    assert(switches.length >= least.switches);
    assertEquals(switches.filter((flag) => !flags.includes(flag)), []);
  });
}

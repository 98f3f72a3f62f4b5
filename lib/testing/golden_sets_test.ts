import { assertEquals } from "@std/assert";
import { look } from "./golden_files.ts";

const place = look("tolerances.json");

Deno.test({
  name: "every golden set that has tolerances has a test that names it",
  ignore: "missing" in place && !place.named,
  fn: async () => {
    if ("missing" in place) throw new Error(`Cannot find tolerances.json: ${place.missing}`);
    const sets = Object.keys(JSON.parse(await Deno.readTextFile(place.paths[0])))
      .filter((set) => !set.startsWith("_"));
    const tests = (await texts(new URL("../", import.meta.url))).join("\n");
    const tested = [...tests.matchAll(/(?:golden\(\s*|look\(|set = )"([a-z_]+)"/g)].map(([, set]) =>
      set
    );
    assertEquals(sets.filter((set) => !tested.some((name) => set.startsWith(name))), []);
  },
});

/** The texts of the tests below a folder. */
async function texts(folder: URL): Promise<string[]> {
  const found: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const url = new URL(name + (isDirectory ? "/" : ""), folder);
    if (isDirectory) found.push(...await texts(url));
    else if (name.endsWith("_test.ts")) found.push(await Deno.readTextFile(url));
  }
  return found;
}

import { assertEquals } from "@std/assert";
import { look, partsOf } from "./golden_files.ts";

/** The sets that tests name: as the argument of a test or look-up, or as a constant of one. */
const sets = [
  ...texts(new URL("../", import.meta.url)).join("\n")
    .matchAll(/(?:(?:golden|officialSteps)\(\s*|look\(\s*|set = )"([a-z0-9_/]+)"/g),
].flatMap(([, set]) => set ?? []);

/** The folders whose sets all have tests. */
const folders = [
  "",
  "dense",
  "downstream",
  "methods/byol",
  "methods/deepcluster_v2",
  "methods/dino",
  "methods/ibot",
  "methods/resnet",
  "methods/info_min",
  "methods/moco_v3",
  "methods/simclr",
  "methods/simsiam",
  "methods/swav",
];

for (const folder of folders) {
  const place = look(folder ? `${folder}/tolerances.json` : "tolerances.json");
  Deno.test({
    name: `every golden set that has tolerances has a test that names it${folder && `: ${folder}`}`,
    ignore: "missing" in place && !place.named,
    fn: async () => {
      if ("missing" in place) throw new Error(`Cannot find tolerances.json: ${place.missing}`);
      const [path = ""] = place.paths;
      const names = Object.keys(JSON.parse(await Deno.readTextFile(path)))
        .filter((set) => !set.startsWith("_"));
      const tested = sets.map(partsOf).filter((set) => set.folder === folder)
        .map(({ name }) => name);
      assertEquals(names.filter((set) => !tested.some((name) => set.startsWith(name))), []);
    },
  });
}

/** The texts of the tests below a folder. */
function texts(folder: URL): string[] {
  if (Deno.permissions.querySync({ name: "read" }).state !== "granted") return [];
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const url = new URL(name + (isDirectory ? "/" : ""), folder);
    if (isDirectory) return texts(url);
    return name.endsWith("_test.ts") ? [Deno.readTextFileSync(url)] : [];
  });
}

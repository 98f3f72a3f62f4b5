import { assert, assertEquals } from "@std/assert";
import { tiny } from "../configs/mod.ts";
import { granules } from "../datasets/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { planSeeds } from "./seed_plan.ts";

permittedTest(
  "planSeeds() finds runs again whose images were renamed",
  ["read", "write"],
  async () => {
    const folder = await Deno.makeTempDir();
    const data = granules({ size: 16, train: 4, test: 2, individuals: 1 });
    const work = { config: tiny, minutes: 1, backend: "cpu", weights: null } as const;
    const pathsOf = async (name: string, fingerprint = data.fingerprint) => {
      const experiment = { ...work, data: { ...data, name, fingerprint } };
      const protocol = { k: 20, temperature: 0.07 };
      const { seeds } = await planSeeds({ ...experiment, protocol }, {
        count: 2,
        out: null,
        folder,
      });
      return seeds.map(({ run }) => run.path);
    };
    const [first, second] = await pathsOf("owls");
    assert(first!.startsWith(`${folder}/tiny-owls-s0-`), first);
    await Deno.mkdir(first!);
    const [again, other] = await pathsOf("birds");
    assertEquals(again, first, "the run that is there");
    assertEquals(other, second!.replace("owls", "birds"), "none was begun");
    const changed = await pathsOf("birds", "other images");
    assert(changed.every((path) => path.startsWith(`${folder}/tiny-birds-s`)), "other images");
    await Deno.mkdir(again!.replace("owls", "birds"));
    assertEquals((await pathsOf("birds"))[0], first!.replace("owls", "birds"), "of its own name");
    await Deno.remove(folder, { recursive: true });
  },
);

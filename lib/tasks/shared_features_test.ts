import { assertEquals } from "@std/assert";
import { writeSafetensors } from "../checkpoint/mod.ts";
import { permittedTest, tensorflowPermissions } from "../testing/permitted.ts";
import { succeed, writeImages } from "../testing/task_run.ts";
import { tinyVit } from "../testing/tiny_vit.ts";

permittedTest(
  "two processes write the features that one writes, in one file, and report them once",
  tensorflowPermissions,
  async () => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const weights = tinyVit();
    const data = Float32Array.from({ length: 8 * 3 * 64 }, (_, i) => Math.sin(i));
    const projection = { ...weights["patch_embed.proj.weight"]!, data };
    await writeSafetensors(`${home}/vit.safetensors`, {
      ...weights,
      "patch_embed.proj.weight": projection,
    });
    const run = "features --data set --checkpoint vit.safetensors --heads 2 --device cpu --json";
    const alone = await succeed(`${run} --out alone.csv`, home);
    const shared = await succeed(`${run} --out shared.csv --processes 2`, home);
    const read = (name: string) => Deno.readTextFile(`${home}/${name}`);
    assertEquals(await read("shared.csv"), await read("alone.csv"));
    assertEquals(shared.out, alone.out.replace("alone.csv", "shared.csv"));
    await Deno.remove(home, { recursive: true });
  },
);

import { assertEquals, assertRejects } from "@std/assert";
import { writeSafetensors } from "../checkpoint/mod.ts";
import { granules } from "../datasets/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { tinyVit } from "../testing/tiny_vit.ts";
import { prepareClassifier, prepareTable } from "./mod.ts";

permittedTest(
  "no job begins anew in the folder of the checkpoint that it reads, by whatever path",
  ["read", "write", "env"],
  async () => {
    const home = await Deno.makeTempDir();
    await Deno.mkdir(`${home}/run`);
    const file = `${home}/run/checkpoint.safetensors`;
    await writeSafetensors(file, tinyVit(), { config: '{"heads": 2}' });
    await Deno.symlink(`${home}/run`, `${home}/other`);
    const data = granules({ train: 64, test: 8 });
    const protocol = "fine-tune" as const;
    const overrides = { batchSize: 2 };
    for (const [folder, of] of [["run", "other"], ["other", "run"], ["run/.", "run"]]) {
      const checkpoint = `${home}/${of}/checkpoint.safetensors`;
      const request = { checkpoint, data, out: `${home}/${folder}`, fresh: true };
      const jobs = [
        () => prepareTable(request),
        () => prepareClassifier({ ...request, protocol, overrides }),
      ];
      for (const job of jobs) {
        await assertRejects(job, Error, "in its own folder, where `fresh` would remove it");
      }
    }
    const elsewhere = { checkpoint: file, data, out: `${home}/new`, fresh: true };
    assertEquals((await prepareTable(elsewhere)).fresh, true);
    assertEquals(
      (await prepareClassifier({ ...elsewhere, protocol, overrides })).path,
      `${home}/new`,
    );
    await Deno.remove(home, { recursive: true });
  },
);

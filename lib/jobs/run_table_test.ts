import { assertStringIncludes } from "@std/assert";
import { writeSafetensors } from "../checkpoint/mod.ts";
import { granules } from "../datasets/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { tinyVit } from "../testing/tiny_vit.ts";
import { prepareTable, runProtocolTable, runTable } from "./mod.ts";

permittedTest(
  "the tables of a checkpoint name its file",
  ["read", "write", "env", "ffi", "sys"],
  async () => {
    const folder = await Deno.makeTempDir();
    for (const name of ["one", "other"]) {
      const [checkpoint, out] = [`${folder}/${name}.safetensors`, `${folder}/${name}`];
      const tensors = tinyVit();
      const [scale] = Object.values(tensors);
      if (name === "other") scale!.data[0] = 1; // other weights, so that the run is another one
      await writeSafetensors(checkpoint, tensors, { config: JSON.stringify({ heads: 2 }) });
      const data = granules({ size: 16, train: 24, test: 12 });
      const request = { checkpoint, out, data, backend: "cpu" as const, only: "knn" as const };
      const job = await prepareTable({ ...request, baselines: false });
      const line = `Weights: ${checkpoint}\n`;
      assertStringIncludes((await runTable(job)).text, line);
      assertStringIncludes(await Deno.readTextFile(`${out}/table.md`), line);
      assertStringIncludes((await runProtocolTable(job, "knn")).text, line.trimEnd());
    }
    await Deno.remove(folder, { recursive: true });
  },
);

import { assertEquals } from "@std/assert";
import { type Stored, writeSafetensors } from "../checkpoint/mod.ts";
import { readBackbone, vitShapes } from "../models/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { convert, prepareConversion } from "./mod.ts";

const sizes = { imageSize: 16, patchSize: 8, depth: 1, mlpRatio: 1, relationBlocks: 0 };

permittedTest(
  "convert() writes a number of heads that is known, and leaves one open that is assumed",
  ["read", "write"],
  async () => {
    const folder = await Deno.makeTempDir();
    const [path, out] = [`${folder}/a.safetensors`, `${folder}/b.safetensors`];
    const zeros = (shape: number[]): Stored => {
      return { dtype: "F32", shape, data: new Float32Array(shape.reduce((a, b) => a * b)) };
    };
    const shapes = Object.entries(vitShapes({ ...sizes, width: 192 })); // that of ViT-Ti
    const tensors = Object.fromEntries(shapes.map(([name, shape]) => [name, zeros(shape)]));
    await writeSafetensors(path, tensors);
    for (const heads of [undefined, 12]) {
      await convert(await prepareConversion({ path, out, heads, fresh: true }));
      const { headsAssumed, sizes } = readBackbone(out);
      assertEquals([sizes.heads, headsAssumed], heads ? [heads, false] : [3, true]);
    }
    await Deno.remove(folder, { recursive: true });
  },
);

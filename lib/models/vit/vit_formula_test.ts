import * as tf from "@tensorflow/tfjs";
import { assertGreater } from "@std/assert";
import { golden } from "../../testing/goldens.ts";
import { type Named, unflatten } from "../../tree/mod.ts";
import {
  architectures,
  classTokens,
  lastAttention,
  layers,
  prepareTokens,
  type Vit,
} from "../mod.ts";

type Formula = Record<string, number> & Record<`${string}.params`, [string, number[], number][]>;

/** The two fillings of the goldens' README: values in float64, by flat index `i` and number `j` of the tensor. */
const fillings = {
  sin: ({ A, B }: Formula, j: number) => {
    const period = Array.from({ length: 1009 }, (_, i) => A * Math.sin(B * i + j));
    return (i: number) => period[i % 1009];
  },
  hash: ({ hash_amplitude, hash_seed }: Formula, j: number) => (i: number) => {
    let h = Math.imul(i, 2654435761) + (Math.imul(j, 40503) + hash_seed) | 0;
    h = Math.imul(h ^ h >>> 16, 2246822507);
    h = Math.imul(h ^ h >>> 13, 3266489909);
    return hash_amplitude * (((h ^ h >>> 16) >>> 0) / 4294967296 - 0.5);
  },
};

function parameters(formula: Formula, arch: string, filling: keyof typeof fillings): Vit {
  const named: Named = {};
  for (const [name, shape, j] of formula[`${arch}.params`]) {
    const value = fillings[filling](formula, j);
    const offset = /norm[12]?\.weight$/.test(name) ? 1 : 0;
    const values = new Float32Array(shape.reduce((product, n) => product * n, 1));
    for (let i = 0; i < values.length; i++) values[i] = offset + value(i);
    named[name] = tf.tensor(values, shape);
  }
  return unflatten<Vit>(named);
}

/** Images made of waves, given to the network as they are. */
function waves(count: number, size: number): tf.Tensor4D {
  const data = new Float32Array(count * size * size * 3);
  let at = 0;
  for (let n = 0; n < count; n++) {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        for (let c = 0; c < 3; c++) {
          data[at++] = Math.sin(0.05 * y * (1 + c) + 0.07 * x + 1.3 * n + 0.5 * c) +
            0.5 * Math.cos(0.011 * x * y / (1 + n) + c);
        }
      }
    }
  }
  return tf.tensor4d(data, [count, size, size, 3]);
}

golden("vit_formula", "small and base models are the official ones, block by block", (g, run) => {
  const cases = new Set(g.names.map((name) => name.split(".").slice(0, 3).join(".")));
  assertGreater(cases.size, 0);
  for (const tag of cases) {
    const [filling, arch, size] = tag.split(".");
    const { heads } = architectures[arch as keyof typeof architectures];
    tf.tidy(() => {
      const p = parameters(g.json, arch, filling as keyof typeof fillings);
      const [count, , rows, columns] = g.shape(`${tag}.image_check`);
      const images = waves(count, Number(size.slice(1)));
      const corner = images.slice([0, 0, 0, 0], [-1, rows, columns, -1]);
      g.near(corner.transpose([0, 3, 1, 2]), `${tag}.image_check`);

      const forward = run((images: tf.Tensor4D, p: Vit) => {
        const perBlock = layers(images, p, { heads });
        return {
          prepare_tokens_first3: prepareTokens(images, p).slice([0, 0, 0], [-1, 3, -1]),
          cls: classTokens(perBlock.at(-1)!, p),
          cls_per_block_normed: tf.stack(perBlock.map((tokens) => classTokens(tokens, p)), 1),
          last_attn_cls_row: lastAttention(images, p, { heads })
            .slice([0, 0, 0, 0], [-1, -1, 1, -1]).squeeze([2]),
        };
      });
      const found = forward(images, p);
      for (const [name, value] of Object.entries(found)) g.near(value, `${tag}.${name}`);
      g.near(found.cls, `${tag}.cls_f64`);
    });
  }
}, { json: "vit_formula_params.json", compiled: true, backends: ["tensorflow"] });

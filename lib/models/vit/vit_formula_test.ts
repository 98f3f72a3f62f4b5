import * as tf from "@tensorflow/tfjs";
import { assertGreater } from "@std/assert";
import { hashed, waves } from "../../testing/formula.ts";
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

type Shape = [count: number, channels: number, rows: number, columns: number];

type Formula =
  & Record<"A" | "B" | "hash_amplitude" | "hash_seed", number>
  & Record<`${string}.params`, [name: string, shape: number[], number: number][]>;

/**
 * The two fillings of the goldens' README: values in float64, by flat index `i` and number `j` of
 * the tensor.
 */
const fillings = {
  sin: ({ A, B }: Formula, j: number) => {
    const period = Array.from({ length: 1009 }, (_, i) => A * Math.sin(B * i + j));
    return (i: number) => period[i % 1009]!;
  },
  hash: ({ hash_amplitude, hash_seed }: Formula, j: number) => {
    const value = hashed(j, hash_seed);
    return (i: number) => hash_amplitude * value(i);
  },
};

function parameters(formula: Formula, arch: string, filling: keyof typeof fillings): Vit {
  const named: Named = {};
  for (const [name, shape, j] of formula[`${arch}.params`]!) {
    const value = fillings[filling](formula, j);
    const offset = /norm[12]?\.weight$/.test(name) ? 1 : 0;
    const values = new Float32Array(shape.reduce((product, n) => product * n, 1));
    for (let i = 0; i < values.length; i++) values[i] = offset + value(i);
    named[name] = tf.tensor(values, shape);
  }
  return unflatten<Vit>(named);
}

golden("vit_formula", "small and base models are the official ones, block by block", (g, run) => {
  const cases = new Set(g.names.map((name) => name.split(".").slice(0, 3).join(".")));
  assertGreater(cases.size, 0);
  for (const tag of cases) {
    const [filling, arch, size] = tag.split(".") as [keyof typeof fillings, string, string];
    const { heads } = architectures[arch as keyof typeof architectures];
    tf.tidy(() => {
      const p = parameters(g.json, arch, filling);
      const [count, , rows, columns] = g.shape(`${tag}.image_check`) as Shape;
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
      const outputs = forward(images, p);
      for (const [name, value] of Object.entries(outputs)) g.near(value, `${tag}.${name}`);
      g.near(outputs.cls, `${tag}.cls_f64`);
    });
  }
}, { json: "vit_formula_params.json", compiled: true, backends: ["tensorflow"] });

import type { Located } from "../../checkpoint/mod.ts";
import { escapeControls } from "../../images/mod.ts";
import { type Family, findNetwork, type LocatedTensors, match, networksIn } from "../locate.ts";
import type { Dialect } from "../names.ts";
import { shapesOf } from "../shapes.ts";
import { measureResnet } from "./measure.ts";
import { resnetShapes } from "./shapes.ts";
import type { ResnetSizes } from "./sizes.ts";
import { translateResnets } from "./translation.ts";

/** A residual network as it lies in a file. */
export type LocatedResnet = LocatedTensors & { sizes: ResnetSizes };

/** The names of torchvision, which are used here. */
const torchvision: Dialect = { mark: "layer1.0.conv1.weight", names: [] };

/** The names of Hugging Face's transformers, whose stages, layers and convolutions begin with 0. */
const transformers: Dialect = {
  mark: "encoder.stages.0.layers.0.layer.0.convolution.weight",
  names: [
    [/^embedder\.embedder\.convolution\./, "conv1."],
    [/^embedder\.embedder\.normalization\./, "bn1."],
    ...[0, 1, 2, 3].map((i) =>
      [new RegExp(`^encoder\\.stages\\.${i}\\.layers\\.`), `layer${i + 1}.`] as const
    ),
    ...[0, 1, 2].flatMap((i) => [
      [new RegExp(`\\.layer\\.${i}\\.convolution\\.`), `.conv${i + 1}.`] as const,
      [new RegExp(`\\.layer\\.${i}\\.normalization\\.`), `.bn${i + 1}.`] as const,
    ]),
    [/\.shortcut\.convolution\./, ".downsample.0."],
    [/\.shortcut\.normalization\./, ".downsample.1."],
  ],
};

/** How residual networks are told from other networks in a file. */
export const resnetFamily: Family = {
  title: "residual network",
  dialects: [torchvision, transformers],
  advice: "a checkpoint of torchvision, transformers, BYOL or SimCLR",
  beside: /^(fc|head|head_jig|classifier|projection_head|prototypes|projector|predictor)(\.|$)/,
  trunk: /^(conv\d|bn\d|layer\d|encoder|embedder|(initial|final)_\w+)\./,
};

/** Whether a file holds a residual network. */
export function holdsResnet(tensors: Record<string, Located>): boolean {
  const { tensors: translated } = translateResnets(tensors);
  return networksIn(Object.keys(translated), resnetFamily).length > 0;
}

/**
 * Finds the residual network in a file, under the names of torchvision or transformers, or of the
 * official programs of BYOL and SimCLR: under the keys and prefixes of the published checkpoints
 * (`teacher.`, `module.`, `encoder.`, ...), or lying there alone; with a classifier or without. Its
 * sizes are those of the shapes.
 *
 * @param path What to call the file in errors.
 * @throws {TypeError} If the file holds no residual network, or one with missing, unknown or
 * misshapen tensors.
 */
export function findResnet(
  tensors: Record<string, Located>,
  path: string,
  { key, partial = false }: { key?: string; partial?: boolean } = {},
): LocatedResnet {
  const name = escapeControls(path);
  const { tensors: all, traits } = translateResnets(tensors);
  const { prefix, others, tensors: stored } = findNetwork(all, resnetFamily, { name, key });
  const network = withCounts(stored);
  const sizes = { ...measureResnet(shapesOf(network), name), ...traits };
  const parts = match(network, resnetShapes(sizes), { ...resnetFamily, name, partial });
  const matched = Object.keys(stored).length - Object.keys(parts.leftOver).length;
  return { prefix, others, sizes, matched, ...parts };
}

/** The tensors with counts of batches of 0, which files from before PyTorch 0.4.1 lack. */
function withCounts(tensors: Record<string, Located>): Record<string, Located> {
  const norms = Object.keys(tensors).filter((path) => path.endsWith(".running_var"));
  const counts = norms.map((path) => [
    path.replace(/running_var$/, "num_batches_tracked"),
    { dtype: "I64", shape: [], read: () => new BigInt64Array(1) },
  ]);
  return { ...Object.fromEntries(counts), ...tensors };
}

import { channelsFirst } from "./layout.ts";
import type { Translation } from "./translation.ts";

/** A tensor of the residual network in a checkpoint of SimCLR's program for TensorFlow 2. */
const place = /^(.*\bresnet_model)\/(.*)\/(\w+)\/\.ATTRIBUTES\/VARIABLE_VALUE$/;

/** A convolution or normalization of a block, counted with what lies between them. */
const inBlock = (paths: string, step: number) =>
  [0, 1, 2].flatMap((i) => [
    [new RegExp(`/${paths}/${step * i}/conv2d$`), `.conv${i + 1}`] as const,
    [new RegExp(`/${paths}/${step * i + 1}/bn$`), `.bn${i + 1}`] as const,
  ]);

/** What layers become: all patterns that match are replaced, in this order. */
const layers: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^initial_conv_relu_max_pool\/0\/conv2d$/, "conv1"],
  [/^initial_conv_relu_max_pool\/2\/bn$/, "bn1"],
  ...[0, 1, 2, 3].map((i) =>
    [new RegExp(`^block_groups/${i}/layers/(\\d+)`), `layer${i + 1}.$1`] as const
  ),
  ...inBlock("conv_relu_dropblock_layers", 3), // of bottlenecks
  ...inBlock("conv2d_bn_layers", 2), // of basic blocks
  [/\/(?:projection|shortcut)_layers\/0\/conv2d$/, ".downsample.0"],
  [/\/(?:projection|shortcut)_layers\/1\/bn$/, ".downsample.1"],
];

/** The last word of a tensor here. */
const leaves: Record<string, string> = {
  kernel: "weight",
  gamma: "weight",
  beta: "bias",
  moving_mean: "running_mean",
  moving_variance: "running_var",
};

/**
 * The network in a checkpoint of SimCLR's official program for TensorFlow 2: `model.resnet_model.`.
 * It takes pixels from 0 to 1, and its pooling pads by TensorFlow's rule.
 *
 * Source: Google Research, simclr/tf2/resnet.py and simclr/tf2/data_util.py.
 */
export const keras: Translation = {
  traits: { samePadding: "pool", pixels: "fractions" },
  mark:
    /\bresnet_model\/initial_conv_relu_max_pool\/0\/conv2d\/kernel\/\.ATTRIBUTES\/VARIABLE_VALUE$/,
  translate: (path, tensor) => {
    const [, model, layer, leaf = ""] = place.exec(path) ?? [];
    if (model === undefined || layer === undefined) return undefined;
    if (layer.includes("/.OPTIMIZER_SLOT/")) return null;
    const name = layers.reduce((name, [from, to]) => name.replace(from, to), layer)
      .replaceAll("/", "."); // of layers that no network here has
    const laidOut = tensor.shape.length === 4 ? channelsFirst(tensor) : tensor;
    return [`${model.replaceAll("/", ".")}.${name}.${leaves[leaf] ?? leaf}`, laidOut];
  },
};

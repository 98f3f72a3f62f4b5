import { asVector, channelsFirst } from "./layout.ts";
import type { Translation } from "./translation.ts";

/** A tensor of a module of a residual network, in the pickle of BYOL's state. */
const place = /^(?:.*\.)?(online|target)_(params|state)\.(\w+)\/~\/(.*)\.([^./]+)$/;

/** What modules become: all patterns that match are replaced, in this order. */
const modules: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^initial_conv$/, "conv1"],
  [/^initial_batchnorm$/, "bn1"],
  ...[0, 1, 2, 3].map((i) => [new RegExp(`^block_group_${i}/~/`), `layer${i + 1}.`] as const),
  [/\.block_(\d+)\/~\//, ".$1."],
  ...[0, 1, 2].flatMap((i) => [
    [new RegExp(`\\.conv_${i}$`), `.conv${i + 1}`] as const,
    [new RegExp(`\\.batchnorm_${i}$`), `.bn${i + 1}`] as const,
  ]),
  [/\.shortcut_conv$/, ".downsample.0"],
  [/\.shortcut_batchnorm$/, ".downsample.1"],
];

/** What the averages of a batch normalization become; training alone needs the others. */
const averages: Record<string, string> = {
  "mean_ema.average": "running_mean",
  "var_ema.average": "running_var",
  "mean_ema.counter": "num_batches_tracked",
};

/** The last word of a parameter here. */
const leaves: Record<string, string> = { w: "weight", scale: "weight", offset: "bias" };

/**
 * The networks in a pickle of BYOL's official program, which Haiku made: `online.res_net50.` and
 * `target.res_net50.` in the published ones. All their operations pad by TensorFlow's rule.
 *
 * Source: DeepMind, byol/byol_experiment.py and byol/utils/networks.py; Haiku,
 * haiku/_src/nets/resnet.py and haiku/_src/moving_averages.py.
 */
export const haiku: Translation = {
  traits: { samePadding: "all" },
  mark: /(online|target)_params\.\w+\/~\/initial_conv\.w$/,
  translate: (path, tensor) => {
    const [, network, kind, encoder, words = "", leaf = ""] = place.exec(path) ?? [];
    if (network === undefined) return undefined;
    const [, norm, average] = /^(.*)\/~\/(\w+)$/.exec(words) ?? [];
    const module = kind === "state" ? norm ?? words : words;
    const name = modules.reduce((name, [from, to]) => name.replace(from, to), module);
    const begin = `${network}.${encoder}.${name}`;
    if (kind === "state") {
      const statistic = averages[`${average}.${leaf}`];
      if (!statistic) return null;
      return [`${begin}.${statistic}`, tensor.shape.length ? asVector(tensor) : tensor];
    }
    const laidOut = tensor.shape.length === 4 && leaf === "w"
      ? channelsFirst(tensor)
      : asVector(tensor);
    return [`${begin}.${leaves[leaf] ?? leaf}`, laidOut];
  },
};

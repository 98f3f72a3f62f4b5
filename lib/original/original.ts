import { type Located, openTensors, type TensorFile } from "../checkpoint/mod.ts";
import type { Config, MugsConfig } from "../configs/mod.ts";
import { bareName, findVit } from "../models/mod.ts";
import { restoreTensors, type State } from "../pretraining/mod.ts";
import { type OriginalArguments, originalConfig } from "./original_config.ts";
import { originalOptimizer } from "./original_optimizer.ts";

/** A run of the original program that can be continued. */
export type Original = {
  path: string;
  /** What is known of its configuration. */
  config: Partial<MugsConfig>;
  /** Epochs that it has done. */
  epoch: number;
};

/** Where the original keeps what lies elsewhere here. */
const places: [theirs: RegExp, ours: string][] = [
  [/^instance-sup\.\./, "instance."],
  [/^local-group-sup\.\./, "local_group."],
  [/^group-sup\.\./, "group."],
];

/**
 * Opens a full checkpoint of the original program: both networks, their memories, queues, center,
 * optimizer, epoch and arguments, as its `main.py` saves them. {@linkcode restoreOriginal} makes
 * the state.
 *
 * @param options.heads Attention heads, where the width does not tell.
 * @throws {SyntaxError} If the file is damaged.
 * @throws {TypeError} If it is no such checkpoint, or its program did what cannot be done here.
 */
export function openOriginal(path: string, options: { heads?: number } = {}): Original {
  using file = openTensors(path);
  const [args, epoch] = ["args", "epoch"].map((key) => valueOf(file, key));
  if (!(args instanceof Map) || typeof epoch !== "number") {
    throw new TypeError(
      `Cannot continue from ${path}: a full checkpoint of the original program has "args" ` +
        `and "epoch"`,
    );
  }
  const { sizes } = findVit(file, path, { key: "student", ...options });
  const tensors = renamed(file);
  const shape = (name: string) => {
    if (tensors[name]) return tensors[name].shape;
    throw new TypeError(`Cannot continue from ${path}: it lacks "${name}"`);
  };
  const config = originalConfig(args as OriginalArguments, { sizes, shape }, path);
  return { path, config, epoch };
}

/**
 * The state in a checkpoint of the original: that before the first step of its next epoch.
 *
 * @param stepsPerEpoch Of the data with which it is continued.
 * @throws {TypeError} If its tensors are not those of the configuration.
 */
export function restoreOriginal(
  { path, epoch }: Pick<Original, "path" | "epoch">,
  config: Config,
  stepsPerEpoch: number,
): State {
  using file = openTensors(path);
  const tensors = renamed(file);
  const student = Object.fromEntries(
    Object.entries(tensors).filter(([name]) => name.startsWith("student."))
      .map(([name, { shape }]) => [name.slice("student.".length), shape]),
  );
  const optimizer = originalOptimizer(valueOf(file, "optimizer"), { student, config, path });
  const step: Located = {
    dtype: "I32",
    shape: [],
    read: () => Int32Array.of(epoch * stepsPerEpoch),
  };
  return restoreTensors({ ...tensors, ...optimizer, step }, config, path);
}

/** The tensors of both networks and of the buffers by our names. */
function renamed({ tensors }: TensorFile): Record<string, Located> {
  const entries = Object.entries(tensors).filter(([path]) => !path.startsWith("optimizer."));
  return Object.fromEntries(entries.map(([path, tensor]) => {
    const name = bareName(path);
    const [theirs, ours] = places.find(([theirs]) => theirs.test(name)) ?? [name, name];
    return [name.replace(theirs, ours), tensor];
  }));
}

function valueOf({ root }: TensorFile, key: string): unknown {
  return root instanceof Map ? root.get(key) : undefined;
}

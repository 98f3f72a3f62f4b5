import { isDtype, type Located, quoteName, quoteNames } from "../checkpoint/mod.ts";
import { escapeControls } from "../images/mod.ts";
import type { Shapes } from "../tree/mod.ts";
import { bareName, type Dialect, prefixBefore, translate } from "./names.ts";
import { shapesOf } from "./shapes.ts";

/** A backbone as it lies in a file. */
export type LocatedTensors = {
  /** What its names begin with in the file, such as `teacher.backbone.`. */
  prefix: string;
  /** What the names of other networks of its kind in the file begin with. */
  others: string[];
  /** Its tensors by the names they have here, without the prefix: `blocks.0.attn.qkv.weight`. */
  tensors: Record<string, Located>;
  /** Of how many tensors of the file they are made, which has some in parts, and lacks zeros. */
  matched: number;
  /** Those that the file lacks, without a part in the features: none unless `partial` allows it. */
  missing: Shapes;
  /** Those that lie beside them and have no part in the features: heads. */
  leftOver: Shapes;
};

/** How backbones of one family are told from others. */
export type Family = {
  /** What messages call one: "vision transformer". */
  title: string;
  /** How files name its tensors, the names that are used here first. */
  dialects: readonly [Dialect, ...Dialect[]];
  /** What else to take where there is none: "a checkpoint of DINO". */
  advice: string;
  /** Names of tensors that published files carry beside those of the features. */
  beside: RegExp;
  /** Names of tensors that have a part in the features: one without a place changes them. */
  trunk: RegExp;
  /** Names of tensors that have a place here and no part in the features, and may be missing. */
  dispensable?: RegExp;
};

/** A network of a family somewhere in a file. */
type Network = { prefix: string; dialect: Dialect };

/** The keys of published checkpoints, the one to be scored first. */
const keys = ["teacher", "student", "state_dict", "model"];

/** What MoCo and BYOL call the network that only follows, and is not the one that is scored. */
const following = /(^|\.)(momentum_encoder|encoder_k|target\.\w+)\.$/;

/** Where the state of an optimizer lies, which has tensors of the same names and is no network. */
const moments = /^optimizer\./;

/** All networks of a family in a file. */
export function networksIn(paths: string[], { dialects }: Pick<Family, "dialects">): Network[] {
  return paths.flatMap((path) =>
    dialects.flatMap((dialect) => {
      const prefix = prefixBefore(dialect.mark, path);
      return prefix === undefined ? [] : [{ prefix, dialect }];
    })
  );
}

/**
 * The backbone under the key, or alone in the file: its tensors by the names they have here.
 *
 * @throws {TypeError} If there is none of this family, or the key does not choose one.
 */
export function findNetwork(
  tensors: Record<string, Located>,
  family: Family,
  { name, key }: { name: string; key?: string },
): Pick<LocatedTensors, "prefix" | "others" | "tensors"> {
  const { title, dialects: [{ mark }], advice } = family;
  const networks = networksIn(Object.keys(tensors), family);
  if (!networks.length) {
    throw new TypeError(
      `Cannot use ${name}: it holds no ${title} (there is no "${mark}"); take ${advice}`,
    );
  }
  const { prefix, dialect } = choose(networks, { name, key });
  const others = networks.map((network) => network.prefix)
    .filter((other) => other !== prefix && !moments.test(other));
  const below = Object.entries(tensors).filter(([path]) => path.startsWith(prefix));
  const entries = below.map(([path, tensor]) =>
    [translate(path.slice(prefix.length), dialect), tensor] as const
  );
  return { prefix, others, tensors: unique(entries, name) };
}

/** The network to be read: under the key, else the one to be scored. */
function choose(networks: Network[], { name, key }: { name: string; key?: string }): Network {
  const below = (key: string) => networks.filter(({ prefix }) => isBelow(prefix, key));
  const candidates = key === undefined
    ? withoutFollowing(keys.map(below).find((below) => below.length) ?? networks)
    : below(key.replace(/[.*]+$/, ""));
  const [network, ...others] = candidates;
  const prefixes = (networks: Network[]) => quoteNames(networks.map(({ prefix }) => prefix));
  if (!network) {
    throw new TypeError(
      `Cannot use the ${escapeControls(key ?? "")} of ${name}: it holds ${
        prefixes(networks)
      } alone; ` +
        `\`key\` names one of these, or is left out`,
    );
  }
  if (others.length === 0) return network;
  throw new TypeError(
    `Cannot use ${name}: it holds ${candidates.length} networks, ${prefixes(candidates)}; ` +
      `\`key\` chooses one`,
  );
}

/** Whether a prefix begins with a key, with or without the words of wrappers. */
function isBelow(prefix: string, key: string): boolean {
  return prefix.startsWith(`${key}.`) || bareName(prefix).startsWith(`${bareName(key)}.`);
}

function withoutFollowing(networks: Network[]): Network[] {
  const others = networks.filter(({ prefix }) => !following.test(prefix));
  return others.length ? others : networks;
}

function unique(
  entries: (readonly [name: string, tensor: Located])[],
  file: string,
): Record<string, Located> {
  const tensors = Object.fromEntries(entries);
  if (Object.keys(tensors).length === entries.length) return tensors;
  const names = entries.map(([name]) => name);
  const twice = names.filter((name, i) => names.indexOf(name) < i);
  throw new TypeError(`Cannot use ${file}: its network has two of ${quoteNames(twice)}`);
}

/**
 * Which tensors of a network are there, missing and left over. Missing or without a place may only
 * be what has no part in the features; of tensors without a place whose element type is not read
 * here it is taken for granted.
 *
 * @throws {TypeError} If some are missing or unknown where that is not allowed, or misshapen.
 */
export function match(
  tensors: Record<string, Located>,
  expected: Shapes,
  { name, partial, title, beside, trunk, dispensable }: Family & { name: string; partial: boolean },
): Pick<LocatedTensors, "tensors" | "missing" | "leftOver"> {
  const shapes = shapesOf(tensors);
  const missing = without(expected, shapes);
  const lacking = Object.keys(missing).filter((path) => !dispensable?.test(path));
  if (lacking.length) {
    throw new TypeError(
      `Cannot use ${name}: its ${title} lacks ${quoteNames(lacking)}, and without them its ` +
        "features would be those of another network; take another checkpoint",
    );
  }
  if (Object.keys(missing).length && !partial) {
    throw new TypeError(
      `Cannot use ${name}: its ${title} lacks ${quoteNames(Object.keys(missing))} ` +
        `(\`partial\` allows that)`,
    );
  }
  const leftOver = without(shapes, expected);
  const unknown = Object.keys(leftOver).filter((path) => !beside.test(path));
  const needed = unknown.filter((path) => trunk.test(path));
  if (needed.length) {
    throw new TypeError(
      `Cannot use ${name}: no ${title} here has ${quoteNames(needed)}, and without them its ` +
        "features would be those of another network; take another checkpoint",
    );
  }
  if (unknown.some((path) => isDtype(tensors[path]!.dtype)) && !partial) {
    throw new TypeError(
      `Cannot use ${name}: no ${title} here has ${quoteNames(unknown)} ` +
        `(\`partial\` leaves them out)`,
    );
  }
  const matched = Object.keys(expected).flatMap((path) => {
    const tensor = Object.hasOwn(tensors, path) ? tensors[path] : undefined;
    return tensor ? [[path, tensor] as const] : [];
  });
  for (const [path, { shape }] of matched) {
    if (String(shape) === String(expected[path])) continue;
    throw new TypeError(
      `Cannot use ${name}: ${
        quoteName(path)
      } has shape [${shape}] where the other tensors call for ` +
        `[${expected[path]}]`,
    );
  }
  return { tensors: Object.fromEntries(matched), missing, leftOver };
}

/** The shapes whose names are not among others. */
function without(shapes: Shapes, others: Shapes): Shapes {
  const entries = Object.entries(shapes).filter(([path]) => !Object.hasOwn(others, path));
  return Object.fromEntries(entries);
}

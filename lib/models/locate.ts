import { type Located, quoteNames } from "../checkpoint/mod.ts";
import type { Shapes } from "../tree/mod.ts";
import { shapesOf } from "./shapes.ts";

/** A backbone as it lies in a file. */
export type LocatedTensors = {
  /** What its names begin with in the file, such as `teacher.backbone.`. */
  prefix: string;
  /** Its tensors without the prefix, `blocks.0.attn.qkv.weight`. */
  tensors: Record<string, Located>;
  /** Those that the file lacks: none unless `partial` allows it. */
  missing: Shapes;
  /** Those that lie beside them and have no part in the features: heads. */
  leftOver: Shapes;
};

/** How a backbone of one family is told from others. */
export type FamilyMarks = {
  /** What messages call it: "vision transformer". */
  title: string;
  /** A tensor that every one of them has. */
  mark: string;
  /** What else to take where there is none: "a checkpoint of DINO". */
  advice: string;
  /** Names of tensors that published files carry beside those of the features. */
  beside: RegExp;
};

/** The keys of published checkpoints, the one to be scored first. */
const keys = ["teacher", "student", "state_dict", "model"];

/** What MoCo calls the network that only follows, and is not the one that is scored. */
const following = /(^|\.)momentum_encoder\.$/;

/** The prefixes of all networks in a file that have the mark of a family. */
export function prefixesOf(paths: string[], mark: string): string[] {
  return paths.filter((path) => path === mark || path.endsWith(`.${mark}`))
    .map((path) => path.slice(0, -mark.length));
}

/**
 * What the names of the backbone begin with: under the key, or alone in the file.
 *
 * @throws {TypeError} If there is none of this family, or the key does not choose one.
 */
export function findPrefix(
  paths: string[],
  { title, mark, advice }: FamilyMarks,
  { name, key }: { name: string; key?: string },
): string {
  const prefixes = prefixesOf(paths, mark);
  if (!prefixes.length) {
    throw new TypeError(
      `Cannot use ${name}: it holds no ${title} (there is no "${mark}"); take ${advice}`,
    );
  }
  const below = (key: string) => prefixes.filter((prefix) => prefix.startsWith(`${key}.`));
  const candidates = key === undefined
    ? withoutFollowing(keys.map(below).find((below) => below.length) ?? prefixes)
    : below(key);
  const [prefix, ...others] = candidates;
  if (prefix === undefined) {
    throw new TypeError(
      `Cannot use the ${key} of ${name}: it holds ${quoteNames(prefixes)} alone; ` +
        `\`key\` names one of these, or is left out`,
    );
  }
  if (others.length === 0) return prefix;
  throw new TypeError(
    `Cannot use ${name}: it holds ${candidates.length} networks, ${quoteNames(candidates)}; ` +
      `\`key\` chooses one`,
  );
}

function withoutFollowing(prefixes: string[]): string[] {
  const others = prefixes.filter((prefix) => !following.test(prefix));
  return others.length ? others : prefixes;
}

/** The tensors below a prefix, by the rest of their names. */
export function tensorsBelow(
  tensors: Record<string, Located>,
  prefix: string,
): Record<string, Located> {
  const entries = Object.entries(tensors).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(entries.map(([path, tensor]) => [path.slice(prefix.length), tensor]));
}

/**
 * Which tensors of a network are there, missing and left over.
 *
 * @throws {TypeError} If some are missing or unknown where that is not allowed, or misshapen.
 */
export function match(
  tensors: Record<string, Located>,
  expected: Shapes,
  { name, partial, title, beside }: FamilyMarks & { name: string; partial: boolean },
): Omit<LocatedTensors, "prefix"> {
  const shapes = shapesOf(tensors);
  const missing = without(expected, shapes);
  if (Object.keys(missing).length && !partial) {
    throw new TypeError(
      `Cannot use ${name}: its ${title} lacks ${quoteNames(Object.keys(missing))} ` +
        `(\`partial\` allows that)`,
    );
  }
  const leftOver = without(shapes, expected);
  const unknown = Object.keys(leftOver).filter((path) => !beside.test(path));
  if (unknown.length && !partial) {
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
      `Cannot use ${name}: "${path}" has shape [${shape}] where the other tensors call for ` +
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

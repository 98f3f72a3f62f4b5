/** A set of four minerals: their granules have patterns of their own, too. */
export type MineralSet = "common" | "rare";

/** The minerals of each set; each has a color, while the ground is gray. */
export const minerals: Readonly<Record<MineralSet, readonly string[]>> = {
  common: ["garnet", "jade", "azurite", "amber"],
  rare: ["rhodonite", "peridot", "turquoise", "amethyst"],
};

/**
 * Refuses what is no set of minerals.
 *
 * @throws {RangeError} Naming it.
 */
export function checkMinerals(name: string): void {
  if (Object.hasOwn(minerals, name)) return;
  const names = Object.keys(minerals).join(", ");
  throw new RangeError(`\`minerals\` takes one of ${names}, not ${name}`);
}

/** A mineral, by its number in its set. */
export type Mineral = 0 | 1 | 2 | 3;

/**
 * How two minerals are arranged in a body; each covers half of it. The first three are those of the
 * common minerals, the others those of the rare ones.
 */
export type Arrangement = "core" | "bands" | "checks" | "halves" | "rings" | "sectors" | "spiral";

/** A species: two minerals, which are its family, and their arrangement. */
export type Species = {
  name: string;
  family: number;
  /** The first is the inner one, where one lies inside the other. */
  minerals: [Mineral, Mineral];
  arrangement: Arrangement;
};

const pairs: [Mineral, Mineral][] = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];

/** The names of the families of a set. */
export function familiesOf(set: MineralSet): string[] {
  return pairs.map((pair) => pair.map((mineral) => minerals[set][mineral]).join(" and "));
}

/** All species of a set, family by family. */
export function speciesOf(set: MineralSet): Species[] {
  return pairs.flatMap((pair, family) => {
    const [one, other] = pair.map((mineral) => minerals[set][mineral]!) as [string, string];
    return patterns[set](one, other).map(([name, arrangement, swapped]) => ({
      ...{ name, family, arrangement },
      minerals: swapped ? [pair[1], pair[0]] : pair,
    }));
  });
}

/** The species of a family by the names of its minerals; in some they change places. */
type Patterns = (
  one: string,
  other: string,
) => [name: string, arrangement: Arrangement, swapped?: boolean][];

const patterns: Record<MineralSet, Patterns> = {
  common: (one, other) => [
    [`${one} in ${other}`, "core"],
    [`${other} in ${one}`, "core", true],
    [`${one}-${other}, banded`, "bands"],
    [`${one}-${other}, checked`, "checks"],
  ],
  rare: (one, other) => [
    [`${one}-${other}, halved`, "halves"],
    [`${one}-${other}, ringed`, "rings"],
    [`${one}-${other}, sectored`, "sectors"],
    [`${one}-${other}, spiral`, "spiral"],
  ],
};

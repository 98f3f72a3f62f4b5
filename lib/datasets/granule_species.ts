/** The minerals; each has a color, while the ground is gray. */
export const minerals = ["garnet", "jade", "azurite", "amber"] as const;

/** A mineral, by its number. */
export type Mineral = 0 | 1 | 2 | 3;

/** How two minerals are arranged in a body; each covers half of it. */
export type Arrangement = "core" | "bands" | "checks";

/** A species: two minerals, which are its family, and their arrangement. */
export type Species = {
  name: string;
  family: number;
  /** The first is the inner one, where one lies inside the other. */
  minerals: [Mineral, Mineral];
  arrangement: Arrangement;
};

const pairs: [Mineral, Mineral][] = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];

/** The names of the families. */
export const families: readonly string[] = pairs.map((pair) =>
  pair.map((mineral) => minerals[mineral]).join(" and ")
);

/** All species, family by family. */
export const species: readonly Species[] = pairs.flatMap(([a, b], family) => {
  const [one, other] = [minerals[a], minerals[b]];
  return [
    { name: `${one} in ${other}`, family, minerals: [a, b], arrangement: "core" },
    { name: `${other} in ${one}`, family, minerals: [b, a], arrangement: "core" },
    { name: `${one}-${other}, banded`, family, minerals: [a, b], arrangement: "bands" },
    { name: `${one}-${other}, checked`, family, minerals: [a, b], arrangement: "checks" },
  ] satisfies Species[];
});

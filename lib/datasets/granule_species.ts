/** The minerals that have a colour; the ground is grey. */
export const minerals = ["garnet", "jade", "azurite", "amber"] as const;

/** A mineral, by its number. */
export type Mineral = 0 | 1 | 2 | 3;

/** Outlines of bodies. */
export type Plan = "disc" | "star";

/** A species: which mineral is inside, which outside, and the outline. Its family is the two minerals in either order. */
export type Species = { name: string; family: number; core: Mineral; rim: Mineral; plan: Plan };

const pairs: [Mineral, Mineral][] = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];

/** The names of the families. */
export const families: readonly string[] = pairs.map((pair) =>
  pair.map((mineral) => minerals[mineral]).join(" and ")
);

/** All species, family by family. */
export const species: readonly Species[] = pairs.flatMap(([a, b], family) =>
  ([[a, b], [b, a]] as const).flatMap(([core, rim]) =>
    (["disc", "star"] as const).map((plan) => ({
      name: `${minerals[core]} in ${minerals[rim]}, ${plan}`,
      family,
      core,
      rim,
      plan,
    }))
  )
);

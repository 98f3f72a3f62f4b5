/** Patterns on a body: what a family shares. */
export const families = ["striped", "ringed", "dotted", "netted", "wavy", "rayed"] as const;

/** The pattern of a family. */
export type Family = typeof families[number];

/** Outlines of bodies. */
export type Plan = "disc" | "star" | "wedge" | "block";

/** Whether the pattern is lighter or darker than the body. */
export type Marking = "light" | "dark";

/** A species: a family with one outline and one marking. None is the mirror image or the enlargement of another. */
export type Species = { name: string; family: Family; plan: Plan; marking: Marking };

// Every outline occurs in three families, and every marking in all: neither gives the family away.
const plans: Record<Family, [Plan, Plan]> = {
  striped: ["disc", "star"],
  ringed: ["wedge", "block"],
  dotted: ["star", "wedge"],
  netted: ["disc", "block"],
  wavy: ["disc", "wedge"],
  rayed: ["star", "block"],
};

/** All species, family by family. */
export const species: readonly Species[] = families.flatMap((family) =>
  plans[family].flatMap((plan) =>
    (["light", "dark"] as const).map((marking) => ({
      name: `${marking} ${family} ${plan}`,
      family,
      plan,
      marking,
    }))
  )
);

/** Body plans: the outline that a family shares. */
export const families = ["disc", "rod", "star", "wedge", "ring", "chain"] as const;

/** The outline of a family. */
export type Family = typeof families[number];

/** Patterns on a body. */
export type Texture = "rings" | "spokes" | "stripes" | "dots" | "core";

/** What grows on the edge of a body. */
export type Appendage = "none" | "spines" | "fringe" | "horns";

/** A species: a family with one combination of details. None is the mirror image of another. */
export type Species = { name: string; family: Family; texture: Texture; appendage: Appendage };

type Details = [Texture, Appendage];

// No texture and no appendage belongs to one family alone, so neither gives the family away.
const details: Record<Family, [Details, Details, Details, Details]> = {
  disc: [["rings", "none"], ["spokes", "fringe"], ["dots", "spines"], ["stripes", "horns"]],
  rod: [["stripes", "none"], ["core", "spines"], ["dots", "fringe"], ["rings", "horns"]],
  star: [["spokes", "none"], ["rings", "spines"], ["core", "horns"], ["dots", "fringe"]],
  wedge: [["dots", "none"], ["stripes", "spines"], ["rings", "fringe"], ["core", "horns"]],
  ring: [["spokes", "spines"], ["stripes", "fringe"], ["rings", "horns"], ["dots", "none"]],
  chain: [["core", "none"], ["stripes", "spines"], ["spokes", "horns"], ["rings", "fringe"]],
};

/** All species, family by family. */
export const species: readonly Species[] = families.flatMap((family) =>
  details[family].map(([texture, appendage]) => ({
    name: `${family} ${texture} ${appendage}`,
    family,
    texture,
    appendage,
  }))
);

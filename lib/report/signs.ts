/** How a sign of health is shown. */
export type Sign = {
  title: string;
  /** What the axis says, with the unit. */
  unit: string;
  /** The value below which a run has collapsed, drawn as a dashed line. */
  floor?: number;
  /** What is drawn of a value, by default the value itself. */
  shown?(value: number): number;
};

/** The signs of health that methods give, by the names under which metrics hold them. */
export const signs: Readonly<Record<string, Sign>> = {
  spread: { title: "Feature spread", unit: "spread (1: all directions)", floor: 0.05 },
  targetEntropy: { title: "Target entropy", unit: "entropy (nats)" },
  prototypeEntropy: {
    title: "Prototype usage",
    unit: "prototypes in use",
    shown: Math.exp, // the perplexity: as many prototypes, used equally, have the same entropy
  },
  dimensions: { title: "Projection dimensions", unit: "dimensions", floor: 1.2 },
  neighborPurity: { title: "Neighbor purity", unit: "same class (%)" },
};

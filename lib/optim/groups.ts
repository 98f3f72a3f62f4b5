/** How a parameter differs in its update. */
export type Group = {
  /** A multiplier of the rate. */
  rate: number;
  decays: boolean;
  /** Whether its rate has no schedule, but is that of the first step. */
  constant?: boolean;
};

/** The reference's names of its parameter groups. */
export const groupNames = ["normal_params", "patch_embed", "no_wd", "patch_embed_no_wd"] as const;

/** One of {@linkcode groupNames}. */
export type GroupName = typeof groupNames[number];

/**
 * The reference's group of a parameter: the patch embedding learns at a rate of its own, and
 * neither biases nor vectors (normalization weights) decay.
 */
export function groupName(name: string, rank: number): GroupName {
  const patch = name.includes("patch_embed");
  const bare = rank === 1 || name.endsWith(".bias");
  if (bare) return patch ? "patch_embed_no_wd" : "no_wd";
  return patch ? "patch_embed" : "normal_params";
}

/**
 * The four groups of pre-training as a rule; `patchEmbedRate` multiplies the patch embedding's
 * rate.
 */
export function groups(patchEmbedRate = 0.2): (name: string, rank: number) => Group {
  return (name, rank) => {
    const group = groupName(name, rank);
    return {
      rate: group.startsWith("patch_embed") ? patchEmbedRate : 1,
      decays: !group.endsWith("no_wd"),
    };
  };
}

import type { Heading } from "../recipe.ts";

const recalled =
  "the number of prototypes and the teacher's temperatures at the start and the end " +
  "from a third party's copy of the arguments; batch, rates, warm-ups, prototypes' length, " +
  "clipping and crops recalled, and not verified";

/** The head of every preset of iBOT, by its name. */
export const ibotHeadings: Readonly<Record<string, Heading>> = Object.freeze({
  tiny: {
    source: "ours: DINO's preset of this name, with the published masks",
    score: "not yet run to its end: no score is claimed",
    cost: "minutes on two cores",
  },
  vit_small_800ep: {
    source: "official program: README, run.sh, and its defaults",
    score: "ImageNet-1K, official README: k-NN 75.2 %, linear 77.9 %",
    cost: "16 GPUs of 64 images; 1025 million images of 12 views",
  },
  vit_base_400ep: {
    source: `official README for score and GPUs; ${recalled}`,
    score: "ImageNet-1K, official README: k-NN 77.1 %, linear 79.5 %",
    cost: "24 GPUs; 512 million images of 12 views",
  },
  vit_large_250ep: {
    source: "official README for score and GPUs; all else recalled, and not verified",
    score: "ImageNet-1K, official README: k-NN 78.0 %, linear 81.0 %",
    cost: "64 GPUs; 320 million images of 12 views",
  },
});

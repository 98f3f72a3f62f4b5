import type { Heading } from "../recipe.ts";
import { smallHeadings } from "../small.ts";

const script = (name: string) => `official script: scripts/deepclusterv2_${name}_pretrain.sh`;
const scored = (score: string) => `ImageNet-1K, official README: linear ${score}`;
const cost = (images: number, views: number) =>
  `64 GPUs of 64 images; ${images} million images of ${views} views`;

/** The head of every preset of DeepCluster-v2, by its name. */
export const deepclusterV2Headings: Readonly<Record<string, Heading>> = Object.freeze({
  ...smallHeadings,
  resnet50_400ep: {
    source: script("400ep"),
    score: scored("74.3 %"),
    cost: cost(512, 6),
  },
  resnet50_400ep_2x224: {
    source: script("400ep_2x224"),
    score: scored("70.2 %"),
    cost: cost(512, 2),
  },
  resnet50_800ep: {
    source: script("800ep"),
    score: `${scored("75.2 %")}; k-NN 67.1 % in the paper of DINO`,
    cost: cost(1025, 8),
  },
});

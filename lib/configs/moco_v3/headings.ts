import type { Heading } from "../recipe.ts";
import { smallHeadings } from "../small.ts";

const program = "official program: CONFIG.md, main_moco.py";

/** The head of every preset of MoCo-v3, by its name. */
export const mocoV3Headings: Readonly<Record<string, Heading>> = Object.freeze({
  tiny: {
    source: "ours: backbone and rate of Mugs' preset of this name",
    score: "not yet run to its end: no score is claimed",
    cost: "minutes on two cores",
  },
  tiny_resnet: smallHeadings.tiny_resnet,
  vit_small_300ep: {
    source: program,
    score: "ImageNet-1K, official CONFIG.md: linear 73.2 % (the paper's table: 73.4 %)",
    cost: "4096 images a step; 384 million images of 2 views",
  },
  vit_base_300ep: {
    source: program,
    score: "ImageNet-1K, official CONFIG.md: linear 76.7 %",
    cost: "64 GPUs of 64 images; 384 million images of 2 views",
  },
  vit_large_300ep: {
    source: "the recipe of ViT-B, recalled from the paper and not verified: the official program " +
      "has no ViT-L",
    score: "ImageNet-1K, the paper's table: linear 77.6 %",
    cost: "4096 images a step; 384 million images of 2 views",
  },
  resnet50_100ep: {
    source: program,
    score: "ImageNet-1K, official CONFIG.md: linear 68.9 %",
    cost: "4096 images a step; 128 million images of 2 views",
  },
  resnet50_300ep: {
    source: program,
    score: "ImageNet-1K, official CONFIG.md: linear 72.8 %",
    cost: "4096 images a step; 384 million images of 2 views",
  },
  resnet50_1000ep: {
    source: program,
    score: "ImageNet-1K, official CONFIG.md: linear 74.6 %",
    cost: "16 GPUs of 256 images; 1281 million images of 2 views",
  },
});

import type { Heading } from "../recipe.ts";
import { smallHeadings } from "../small.ts";

const program = "official program: byol/configs/byol.py; the linear classifier beside it, from " +
  "which no gradient reaches the backbone, is left out";
const unstated = "not stated by the official program";
const cost = (images: number) => `4096 images a step; ${images} million images of 2 views`;

/** The head of every preset of BYOL, by its name. */
export const byolHeadings: Readonly<Record<string, Heading>> = Object.freeze({
  ...smallHeadings,
  resnet50_40ep: { source: program, score: unstated, cost: cost(51) },
  resnet50_100ep: { source: program, score: unstated, cost: cost(128) },
  resnet50_300ep: { source: program, score: unstated, cost: cost(384) },
  resnet50_1000ep: {
    source: program,
    score: "ImageNet-1K: linear 74.4 % of the released checkpoint (the paper's table: 74.3 %)",
    cost: cost(1281),
  },
});

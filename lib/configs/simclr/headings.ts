import type { Heading } from "../recipe.ts";
import { smallHeadings } from "../small.ts";

const program = "official program: README.md, tf2/README.md; images are normalized here and not " +
  "there, and are padded by the rule of PyTorch";

/** The head of every preset of SimCLR, by its name. */
export const simclrHeadings: Readonly<Record<string, Heading>> = Object.freeze({
  ...smallHeadings,
  resnet50_100ep: {
    source: program,
    score: "ImageNet-1K, official README: linear 64.5 %",
    cost: "4096 images a step; 128 million images of 2 views",
  },
  resnet50_1000ep: {
    source: `${program}; the 1000 epochs recalled from the paper and not verified`,
    score: "ImageNet-1K: linear 69.1 % of the released checkpoint (the paper's table: 69.3 %)",
    cost: "4096 images a step; 1281 million images of 2 views",
  },
});

import { smallHeadings } from "../small.ts";
import type { Heading } from "../recipe.ts";

const program = "official program: README, main_simsiam.py";

/** The head of every preset of SimSiam, by its name. */
export const simsiamHeadings: Readonly<Record<string, Heading>> = Object.freeze({
  ...smallHeadings,
  resnet50_100ep: {
    source: program,
    score: "ImageNet-1K, official README: linear 68.1 %",
    cost: "8 GPUs of 64 images; 128 million images of 2 views",
  },
  resnet50_100ep_bs256: {
    source: program,
    score: "ImageNet-1K, official README: linear 68.3 %",
    cost: "8 GPUs of 32 images; 128 million images of 2 views",
  },
  resnet50_800ep: {
    source: `${program}; the 800 epochs recalled from the paper and not verified`,
    score: "ImageNet-1K, the paper's table: linear 71.3 %",
    cost: "8 GPUs of 32 images; 1025 million images of 2 views",
  },
});

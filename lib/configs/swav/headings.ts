import type { Heading } from "../recipe.ts";
import { smallHeadings } from "../small.ts";

const scripts = "official scripts: scripts/swav_800ep_pretrain.sh and those of its kind";
const scored = (score: string) => `ImageNet-1K, official README: linear ${score}`;
const cost = (images: number) => `64 GPUs of 64 images; ${images} million images of 8 views`;

/** The head of every preset of SwAV, by its name. */
export const swavHeadings: Readonly<Record<string, Heading>> = Object.freeze({
  ...smallHeadings,
  vit_small_800ep: {
    source: "ours: optimizer, schedules and views of DINO with the head of SwAV; the run of the " +
      "table was made by the authors of DINO and published without its arguments",
    score: "ImageNet-1K, the paper's table, of that run: k-NN 66.3 %, linear 73.5 %",
    cost: "1024 images a step; 1025 million images of 12 views",
  },
  resnet50_100ep: { source: scripts, score: scored("72.1 %"), cost: cost(128) },
  resnet50_200ep: { source: scripts, score: scored("73.9 %"), cost: cost(256) },
  resnet50_400ep: { source: scripts, score: scored("74.6 %"), cost: cost(512) },
  resnet50_400ep_bs256: {
    source: "official script: scripts/swav_400ep_bs256_pretrain.sh",
    score: scored("74.3 %"),
    cost: "4 GPUs of 64 images; 512 million images of 8 views",
  },
  resnet50_800ep: {
    source: "official script: scripts/swav_800ep_pretrain.sh",
    score: `${scored("75.3 %")}; k-NN 65.7 % in the paper of DINO`,
    cost: cost(1025),
  },
});

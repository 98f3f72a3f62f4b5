import type { Heading } from "../recipe.ts";
import { smallHeadings } from "../small.ts";

const program = "official program: README, main_dino.py";
const recalled = (source: string, values: string) =>
  "official README for the score; recalled from the paper or the authors' argument files, and " +
  `not verified: ${values}; ${source}`;
const scored = (score: string) => `ImageNet-1K, official README: ${score}`;

/** The head of every preset of DINO, by its name. */
export const dinoHeadings: Readonly<Record<string, Heading>> = Object.freeze({
  tiny: {
    source: "ours: backbone, views, rate and decay of Mugs' preset of this name",
    score: "not yet run to its end: no score is claimed",
    cost: "minutes on two cores",
  },
  tiny_resnet: smallHeadings.tiny_resnet,
  vit_small_100ep: {
    source: `${program} (its defaults)`,
    score: scored("k-NN 69.3 %, linear 74.0 %"),
    cost: "8 GPUs of 64 images; 128 million images of 10 views",
  },
  vit_small_300ep: {
    source: `${program} ("Boosting DINO performance", else its defaults)`,
    score: scored("k-NN 73.3 %, linear 76.0 %"),
    cost: "16 GPUs of 64 images; 384 million images of 10 views",
  },
  vit_small_800ep: {
    source: recalled(
      "else the program's defaults",
      "batch, learning rates, teacher's temperatures, prototypes' length and freezing, clipping, " +
        "scales and number of crops, precision",
    ),
    score: scored("k-NN 74.5 %, linear 77.0 %"),
    cost: "16 GPUs of 64 images; 1025 million images of 12 views",
  },
  vit_base_400ep: {
    source: recalled(
      "else the program's defaults",
      "batch, learning rates, teacher's temperatures, prototypes' length and freezing, clipping, " +
        "scales and number of crops, precision",
    ),
    score: scored("k-NN 76.1 %, linear 78.2 %"),
    cost: "32 GPUs of 32 images; 512 million images of 12 views",
  },
  resnet50_100ep: {
    source: `${program} ("ResNet-50", else its defaults)`,
    score: "the official README gives logs and no score",
    cost: "8 GPUs of 64 images; 128 million images of 10 views",
  },
  resnet50_800ep: {
    source: recalled(
      "batch from the first author's answer in an issue, optimizer, rates and prototypes also " +
        "from a third party's copy of the arguments",
      "optimizer, rates, weight decay, prototypes, batch normalization in the head, teacher's " +
        "temperatures, clipping, scales and number of crops",
    ),
    score: scored("k-NN 67.5 %, linear 75.3 %"),
    cost: "80 GPUs of 51 images; 1025 million images of 8 views",
  },
});

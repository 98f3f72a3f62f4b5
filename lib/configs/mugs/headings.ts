import type { Heading } from "../recipe.ts";

const release = "official release: README, pretraining.sh, main.py";
const official = (score: string, cost: string): Heading => ({
  source: release,
  score: `ImageNet-1K, official, table 1: ${score}`,
  cost,
});
const unscored = "not yet run to its end: no score is claimed";

/** The head of every preset of Mugs, by its name. */
export const mugsHeadings: Readonly<Record<string, Heading>> = Object.freeze({
  tiny: {
    source: "ours, found by trials on granules and Tiny-ImageNet",
    score: "20 classes of Tiny-ImageNet (200 images a class), 107 epochs, seed 0: k-NN 45.5 %, " +
      "linear 52.7 %; with a teacher's momentum of 0.99 and plain heads, as it was, mean of 3 " +
      "seeds: k-NN 45.9 %, linear 51.5 %; random initialization 20.3 and 25.2 %, raw pixels " +
      "24.3 and 29.8 %, color histogram 39.9 and 43.2 %",
    cost: "20 minutes on two cores for such a run",
  },
  cifar: {
    source: "ours: tiny, with patches of 4 pixels and 5 times the parameters",
    score: unscored,
    cost: "10 million images of 6 views of 32 or 16 pixels on CIFAR-10",
  },
  imagenette: {
    source: "ours: cifar at 96 pixels, with the official views",
    score: unscored,
    cost: "1.9 million images of 8 views of 96 or 48 pixels on Imagenette",
  },
  imagenet100: {
    source: "ours: vit_small_300ep with a quarter of the prototypes and queues, 6 small crops",
    score: unscored,
    cost: "25 million images of 10 views of 224 or 96 pixels",
  },
  vit_small_100ep: official(
    "k-NN 72.3 %, linear 76.4 %",
    "8 GPUs of 64 images; 128 million images of 14 views",
  ),
  vit_small_300ep: official(
    "k-NN 74.8 %, linear 78.2 %",
    "16 GPUs of 64 images; 384 million images of 14 views",
  ),
  vit_small_800ep: official(
    "k-NN 75.6 %, linear 78.9 %",
    "16 GPUs of 64 images; 1025 million images of 14 views",
  ),
  vit_base_400ep: official(
    "k-NN 78.0 %, linear 80.6 %",
    "24 GPUs of 42 images; 512 million images of 14 views",
  ),
  vit_large_250ep: official(
    "k-NN 80.3 %, linear 82.1 %",
    "40 GPUs of 16 images; 320 million images of 14 views",
  ),
});

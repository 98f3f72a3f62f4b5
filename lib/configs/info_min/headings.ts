import type { Heading } from "../recipe.ts";
import { smallHeadings } from "../small.ts";

const program = "official program: HobbitLong/PyContrast, README and options, --method InfoMin";
const scored = (score: string) => `ImageNet-1K, official README: linear ${score}`;
const cost = (images: number) =>
  `256 images a step; ${images} million images of 2 views, 9 patches`;

/** The head of every preset of InfoMin, by its name. */
export const infoMinHeadings: Readonly<Record<string, Heading>> = Object.freeze({
  ...smallHeadings,
  resnet50_100ep: { source: program, score: scored("67.4 %"), cost: cost(128) },
  resnet50_200ep: { source: program, score: scored("70.1 %"), cost: cost(256) },
  resnet50_800ep: { source: program, score: scored("73.0 %"), cost: cost(1025) },
});

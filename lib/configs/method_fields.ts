import type { CropsConfig } from "../transforms/mod.ts";
import type { BackboneConfig, RunConfig } from "./config.ts";
import { choice, type Field, type Fields, integer } from "./field.ts";
import { backboneFields, cropsFields, runFields } from "./shared_fields.ts";

/** A shared field that a method has no use for: it keeps the value of the preset. */
export function unusedBy(title: string): Field {
  return { kind: "fixed", about: `Not used by ${title}` };
}

/** Fields of a run and its backbone where that may be any network, without relation blocks. */
export function networkFields(title: string): Fields<RunConfig & BackboneConfig> {
  return {
    ...runFields,
    arch: choice(
      [
        ...["custom", "vit_tiny", "vit_small", "vit_base", "vit_large"],
        ...[
          "resnet_tiny",
          "resnet18",
          "resnet34",
          "resnet50",
          "resnet101",
          "resnet152",
          "wide_resnet50_2",
        ],
      ],
      "Architecture; it sets the sizes of the backbone, unless custom",
    ),
    ...backboneFields,
    relationBlocks: unusedBy(title),
  };
}

/** Sizes of a projection of one hidden layer. */
export const projectionFields: Fields<{ headHidden: number; headOut: number }> = {
  headHidden: integer(8, 16384, "Hidden width of the projection"),
  headOut: integer(2, 8192, "Width of the embeddings"),
};

/** Fields of views that are all weakly augmented, and seen by all networks. */
export function weakViewFields(title: string): Fields<CropsConfig> {
  const unused = unusedBy(title);
  return {
    ...cropsFields,
    sharedCrops: unused,
    strongShare: unused,
    randAugment: unused,
    erasing: unused,
    erasingNoise: unused,
  };
}

/** The same where there are no small views. */
export function largeViewFields(title: string): Fields<CropsConfig> {
  const unused = unusedBy(title);
  return { ...weakViewFields(title), localSize: unused, localScale: unused, localCrops: unused };
}

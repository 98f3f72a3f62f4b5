/** A number for each of the four stages. */
export type Stages = readonly [number, number, number, number];

/** The sizes of a residual network. */
export type ResnetSizes = {
  /** Two convolutions of 3 x 3 a block, or one between two of 1 x 1, the last of which widens. */
  block: "basic" | "bottleneck";
  /** Blocks of each stage. */
  layers: Stages;
  /** Channels of each stage; a bottleneck gives four times as many. */
  planes: Stages;
  /** Channels of the first convolution. */
  stemWidth: number;
  /**
   * What comes before the first stage: a convolution of 7 x 7 and a pooling, which each halve the
   * image, or for images of 32 px one of 3 x 3 that keeps its size.
   */
  stem: "large" | "small";
  /** Channels in the middle of a bottleneck as a multiple of the planes: 2 in a wide network. */
  inner: number;
} & ResnetTraits;

/** What a residual network computes otherwise than torchvision's. Parameters do not tell it. */
export type ResnetTraits = {
  /**
   * Which operations pad by TensorFlow's rule instead of PyTorch's: `all` in BYOL, the pooling in
   * SimCLR; by default none. The two rules differ at even sizes.
   */
  samePadding?: "all" | "pool";
  /** What it takes: `fractions` are pixels from 0 to 1, by default they are normalized. */
  pixels?: "fractions";
};

/** The traits among the sizes of a network, and nothing else of them. */
export function traitsOf({ samePadding, pixels }: ResnetTraits): ResnetTraits {
  return {
    ...(samePadding === "all" || samePadding === "pool") && { samePadding },
    ...pixels === "fractions" && { pixels },
  };
}

const standard = {
  block: "bottleneck",
  planes: [64, 128, 256, 512],
  stemWidth: 64,
  stem: "large",
  inner: 1,
} as const satisfies Omit<ResnetSizes, "layers">;

/**
 * The published sizes, as torchvision names them (He et al. 2016, Zagoruyko et al. 2016), and one
 * for images of 32 to 64 pixels, which is ours.
 */
export const resnets = {
  resnet_tiny: {
    block: "basic",
    planes: [24, 48, 96, 192],
    stemWidth: 24,
    stem: "small",
    inner: 1,
    layers: [1, 1, 1, 1],
  },
  resnet18: { ...standard, block: "basic", layers: [2, 2, 2, 2] },
  resnet34: { ...standard, block: "basic", layers: [3, 4, 6, 3] },
  resnet50: { ...standard, layers: [3, 4, 6, 3] },
  resnet101: { ...standard, layers: [3, 4, 23, 3] },
  resnet152: { ...standard, layers: [3, 8, 36, 3] },
  wide_resnet50_2: { ...standard, layers: [3, 4, 6, 3], inner: 2 },
} as const satisfies Record<string, ResnetSizes>;

/** A name in {@linkcode resnets}. */
export type ResnetName = keyof typeof resnets;

/** Channels of the features: those of the last stage. */
export function resnetWidth({ block, planes }: Pick<ResnetSizes, "block" | "planes">): number {
  return planes[3] * expansion(block);
}

/** Channels of a block as a multiple of its planes. */
export function expansion(block: ResnetSizes["block"]): number {
  return block === "bottleneck" ? 4 : 1;
}

/**
 * Checks the sizes.
 *
 * @throws {RangeError} If one of them is not a whole number above 0; it says which.
 */
export function checkResnet(sizes: ResnetSizes): void {
  const { layers, planes, stemWidth, inner } = sizes;
  for (const [name, values] of Object.entries({ layers, planes, stemWidth: [stemWidth] })) {
    if (values.every((value) => Number.isInteger(value) && value > 0)) continue;
    throw new RangeError(`Cannot make a network with ${name} ${values}: it must be 1 or more`);
  }
  if (planes.every((channels) => Number.isInteger(channels * inner) && inner > 0)) return;
  throw new RangeError(`Cannot make bottlenecks of ${inner} times the planes ${planes}`);
}

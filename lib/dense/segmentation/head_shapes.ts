import type { SegmentationNetworkConfig } from "../../configs/mod.ts";
import { below, type Shapes } from "../../tree/mod.ts";
import { poolScales } from "./upernet.ts";

/** Widths around a head: those of what a linear one reads, and of one map of the backbone. */
export type MapWidths = { inputs: number; width: number; classes: number };

type HeadConfig = Pick<SegmentationNetworkConfig, "head" | "channels" | "auxiliaryChannels">;

/** The tensors of the heads of a segmenter by path. */
export function headShapes(
  { head, channels, auxiliaryChannels }: HeadConfig,
  { inputs, width, classes }: MapWidths,
): Shapes {
  if (head === "linear") return below("decode_head", classifierShapes(inputs, classes));
  return {
    ...below("decode_head", {
      ...classifierShapes(channels, classes),
      ...Object.assign(
        {},
        ...poolScales.map((_, i) => blockShapes(`psp_modules.${i}.1`, [width, channels], 1)),
      ),
      ...blockShapes("bottleneck", [width + poolScales.length * channels, channels], 3),
      ...three((i) => blockShapes(`lateral_convs.${i}`, [width, channels], 1)),
      ...three((i) => blockShapes(`fpn_convs.${i}`, [channels, channels], 3)),
      ...blockShapes("fpn_bottleneck", [4 * channels, channels], 3),
    }),
    ...below("auxiliary_head", {
      ...classifierShapes(auxiliaryChannels, classes),
      ...blockShapes("convs.0", [width, auxiliaryChannels], 3),
    }),
  };
}

/** The same for all maps but the smallest. */
function three(shapes: (i: number) => Shapes): Shapes {
  return { ...shapes(0), ...shapes(1), ...shapes(2) };
}

function classifierShapes(inputs: number, classes: number): Shapes {
  return { "conv_seg.weight": [classes, inputs, 1, 1], "conv_seg.bias": [classes] };
}

function blockShapes(path: string, [inputs, out]: [number, number], size: number): Shapes {
  return {
    [`${path}.conv.weight`]: [out, inputs, size, size],
    ...below(`${path}.bn`, {
      ...{ weight: [out], bias: [out], running_mean: [out], running_var: [out] },
      num_batches_tracked: [],
    }),
  };
}

import type { Shapes } from "../../tree/mod.ts";
import { expansion, type ResnetSizes, type Stages } from "./sizes.ts";

/**
 * The sizes of the residual network whose tensors have these shapes.
 *
 * @param name What to call the file in errors.
 * @throws {TypeError} If they are not the tensors of a residual network.
 */
export function measureResnet(shapes: Shapes, name: string): ResnetSizes {
  const kernelOf = (path: string): [out: number, inputs: number, side: number] => {
    const shape = shapes[`${path}.weight`];
    if (shape?.length === 4) return shape as [number, number, number];
    throw new TypeError(
      `Cannot use ${name}: its residual network has no tensor "${path}.weight" of rank 4; take ` +
        "another checkpoint",
    );
  };
  const block = "layer1.0.conv3.weight" in shapes ? "bottleneck" : "basic";
  const last = block === "bottleneck" ? "conv3" : "conv2";
  const [stemWidth, , kernel] = kernelOf("conv1");
  const planes = [1, 2, 3, 4].map((stage) =>
    kernelOf(`layer${stage}.0.${last}`)[0] / expansion(block)
  ) as unknown as Stages;
  const [middle] = kernelOf("layer1.0.conv1");
  const layers = [1, 2, 3, 4].map((stage) => countBlocks(shapes, stage));
  return {
    block,
    layers: layers as unknown as Stages,
    planes,
    stemWidth,
    stem: kernel > 3 ? "large" : "small",
    inner: middle / planes[0],
  };
}

/** Blocks of a stage. */
function countBlocks(shapes: Shapes, stage: number): number {
  const paths = Object.keys(shapes).filter((path) => path.startsWith(`layer${stage}.`));
  return new Set(paths.map((path) => path.split(".")[1])).size;
}

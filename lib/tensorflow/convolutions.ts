import * as tf from "@tensorflow/tfjs";
import { attributeTypes } from "./attribute.ts";
import type { TensorFlowBackend } from "./backend_type.ts";
import { dtypes } from "./dtype.ts";

/** Attributes that TensorFlow.js gives to the gradients of a convolution. */
type Attributes = {
  strides: number | [number, number];
  pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  dataFormat: "NHWC" | "NCHW";
  dimRoundingMode?: "floor" | "round" | "ceil";
};

type Convolution = tf.backend_util.Conv2DInfo;

/**
 * The gradients of convolutions, which tfjs-node has without explicit padding alone: TensorFlow has
 * them with it.
 */
export const convolutionGradients: tf.KernelConfig[] = [
  gradient("Conv2DBackpropInput", ({ dy, filter }, attributes) => {
    const { inputShape } = attributes as unknown as { inputShape: Shape };
    return {
      convolution: convolutionOf(inputShape, filter!.shape as Shape, attributes),
      sizes: inputShape,
      order: (sizes) => [sizes, filter!, dy!],
    };
  }),
  gradient("Conv2DBackpropFilter", ({ x, dy }, attributes) => {
    const { filterShape } = attributes as unknown as { filterShape: Shape };
    return {
      convolution: convolutionOf(x!.shape as Shape, filterShape, attributes),
      sizes: filterShape,
      order: (sizes) => [x!, sizes, dy!],
    };
  }),
];

type Shape = [number, number, number, number];

/** What a gradient is worked out of: the sizes of the result stand among the inputs. */
type Work = {
  convolution: Convolution;
  sizes: Shape;
  order: (sizes: tf.TensorInfo) => tf.TensorInfo[];
};

function gradient(
  name: string,
  workOf: (inputs: Record<string, tf.TensorInfo | undefined>, attributes: Attributes) => Work,
): tf.KernelConfig {
  return {
    kernelName: name,
    backendName: "tensorflow",
    kernelFunc: ({ inputs, backend, attrs }) => {
      const { convolution, sizes, order } = workOf(inputs, attrs as unknown as Attributes);
      const shape = tf.tensor1d(sizes, "int32");
      try {
        return (backend as TensorFlowBackend)
          .executeSingleOutput(name, operationAttributes(convolution), order(shape));
      } finally {
        shape.dispose();
      }
    },
  };
}

function convolutionOf(
  inputShape: Shape,
  filterShape: Shape,
  { strides, pad, dataFormat, dimRoundingMode }: Attributes,
): Convolution {
  const { computeConv2DInfo, convertConv2DDataFormat } = tf.backend_util;
  const format = convertConv2DDataFormat(dataFormat);
  return computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    format,
  );
}

/** The attributes of TensorFlow's operation. */
function operationAttributes({ strideHeight, strideWidth, padInfo, dataFormat }: Convolution) {
  const last = dataFormat === "channelsLast";
  const { type, top, bottom, left, right } = padInfo;
  const sides = [top, bottom, left, right];
  // TensorFlow.js calls a padding by one number a kind of its own.
  const padding = type === "NUMBER" ? "EXPLICIT" : type;
  const { int, string, bool, type: dtype } = attributeTypes;
  return [
    { name: "T", type: dtype, value: dtypes.float32 },
    {
      name: "strides",
      type: int,
      value: last ? [1, strideHeight, strideWidth, 1] : [1, 1, strideHeight, strideWidth],
    },
    { name: "padding", type: string, value: padding },
    {
      name: "explicit_paddings",
      type: int,
      value: padding !== "EXPLICIT" ? [] : last ? [0, 0, ...sides, 0, 0] : [0, 0, 0, 0, ...sides],
    },
    { name: "data_format", type: string, value: last ? "NHWC" : "NCHW" },
    { name: "use_cudnn_on_gpu", type: bool, value: true },
    { name: "dilations", type: int, value: [1, 1, 1, 1] },
  ];
}

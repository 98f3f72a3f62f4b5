import * as tf from "@tensorflow/tfjs";
import { attribute } from "./attribute.ts";
import type { TensorFlowBackend } from "./backend_type.ts";
import { dtypes } from "./dtype.ts";

/** The attributes by which TensorFlow.js describes the gradients of a convolution. */
type Attributes = {
  strides: number | [number, number];
  pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  dataFormat: "NHWC" | "NCHW";
  dimRoundingMode?: "floor" | "round" | "ceil";
};

type Convolution = tf.backend_util.Conv2DInfo;

/**
 * The gradients of convolutions, which tfjs-node has only without explicit padding; TensorFlow has
 * them with it, too.
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

/** What a gradient is computed from: the sizes of the result are one of the inputs. */
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
  // In TensorFlow.js a padding stated as one number is a separate kind.
  const padding = type === "NUMBER" ? "EXPLICIT" : type;
  return [
    attribute.type("T", dtypes.float32),
    attribute.int(
      "strides",
      last ? [1, strideHeight, strideWidth, 1] : [1, 1, strideHeight, strideWidth],
    ),
    attribute.string("padding", padding),
    attribute.int(
      "explicit_paddings",
      padding !== "EXPLICIT" ? [] : last ? [0, 0, ...sides, 0, 0] : [0, 0, 0, 0, ...sides],
    ),
    attribute.string("data_format", last ? "NHWC" : "NCHW"),
    attribute.bool("use_cudnn_on_gpu", true),
    attribute.int("dilations", [1, 1, 1, 1]),
  ];
}

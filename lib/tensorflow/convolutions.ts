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
  {
    kernelName: "Conv2DBackpropInput",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, backend, attrs }) => {
      const { dy, filter } = inputs as Record<"dy" | "filter", tf.TensorInfo>;
      const { inputShape, ...attributes } = attrs as unknown as Attributes & { inputShape: Shape };
      const convolution = convolutionOf(inputShape, filter.shape as Shape, attributes);
      return gradientOfImages(convolution, { dy, filter }, backend as TensorFlowBackend);
    },
  },
  {
    kernelName: "Conv2DBackpropFilter",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, backend, attrs }) => {
      const { x, dy } = inputs as Record<"x" | "dy", tf.TensorInfo>;
      const { filterShape, ...attributes } = attrs as unknown as Attributes & {
        filterShape: Shape;
      };
      const convolution = convolutionOf(x.shape as Shape, filterShape, attributes);
      return withShape(filterShape, (shape) =>
        (backend as TensorFlowBackend).executeSingleOutput(
          "Conv2DBackpropFilter",
          operationAttributes(convolution),
          [x, shape, dy],
        ));
    },
  },
];

type Shape = [number, number, number, number];

/**
 * oneDNN has the gradient of images only for TensorFlow's own two paddings; with an explicit one
 * TensorFlow's kernel takes up to six times as long. Therefore the padding is called `SAME` where
 * it is that; otherwise the gradient of padded images is taken, on a processor, and cut.
 */
function gradientOfImages(
  convolution: Convolution,
  { dy, filter }: Record<"dy" | "filter", tf.TensorInfo>,
  backend: TensorFlowBackend,
): tf.TensorInfo {
  const run = (convolution: Convolution) =>
    withShape(convolution.inShape, (shape) =>
      backend.executeSingleOutput(
        "Conv2DBackpropInput",
        operationAttributes(convolution),
        [shape, filter, dy],
      ));
  const { inShape, padInfo: { top, left } } = convolution;
  if (!isExplicit(convolution)) return run(convolution);
  const same = repadded(convolution, "same");
  if (hasEqualPlaces(convolution, same)) return run(same);
  const padded = backend.binding.hasDeviceMemory ? null : padding(convolution);
  if (!padded) return run(convolution);
  return tf.tidy(() => tf.slice(run(padded), [0, top, left, 0], inShape));
}

/** Whether the padding of images whose channels are last is stated in pixels. */
function isExplicit({ padInfo: { type }, dataFormat }: Convolution): boolean {
  return dataFormat === "channelsLast" && (type === "EXPLICIT" || type === "NUMBER");
}

/** Whether the kernel meets the same pixels in two convolutions. */
function hasEqualPlaces(a: Convolution, b: Convolution): boolean {
  const facts = ({ outShape, padInfo: { top, bottom, left, right } }: Convolution) =>
    `${[...outShape, top, bottom, left, right]}`;
  return facts(a) === facts(b);
}

/** The convolution of images that are padded as far as the kernel meets them, if it meets all. */
function padding(convolution: Convolution): Convolution | null {
  const { inHeight, inWidth, padInfo: { top, left } } = convolution;
  const { outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth } = convolution;
  const height = (outHeight - 1) * strideHeight + filterHeight;
  const width = (outWidth - 1) * strideWidth + filterWidth;
  if (height < top + inHeight || width < left + inWidth) return null;
  return repadded({ ...convolution, inHeight: height, inWidth: width }, "valid");
}

/** The same convolution by one of TensorFlow's own paddings. */
function repadded(
  { batchSize, inHeight, inWidth, inChannels, outChannels, ...rest }: Convolution,
  pad: "same" | "valid",
): Convolution {
  const { filterHeight, filterWidth, strideHeight, strideWidth } = rest;
  return convolutionOf(
    [batchSize, inHeight, inWidth, inChannels],
    [filterHeight, filterWidth, inChannels, outChannels],
    { strides: [strideHeight, strideWidth], pad, dataFormat: "NHWC" },
  );
}

/** Runs `f` on a shape as a tensor. */
function withShape<T>(shape: readonly number[], f: (shape: tf.Tensor) => T): T {
  const tensor = tf.tensor1d([...shape], "int32");
  try {
    return f(tensor);
  } finally {
    tensor.dispose();
  }
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

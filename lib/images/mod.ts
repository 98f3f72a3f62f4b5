/**
 * Images in memory: decoding files, resizing as Pillow does, encoding PNG.
 *
 * @module
 */
export { checkImage, isSide } from "./check_image.ts";
export type { Filter } from "./coefficients.ts";
export { decode, type DecodeOptions, extensions } from "./decode.ts";
export { type Format, formatOf, HEAD_BYTES, refusal } from "./format.ts";
export { isDeepGray } from "./header.ts";
export { encode } from "./encode.ts";
export { blank, type Image, type Region } from "./image.ts";
export { colorKernels } from "./color_kernels.ts";
export { kernels } from "./kernels.ts";
export { decodeMask, encodeMask, labelColors, type Mask } from "./mask.ts";
export { withOpenFile } from "./open_files.ts";
export { escapeControls, escapeText, printableJson } from "./escape_controls.ts";
export { type Reduction, reductionOf, type SufficientSize } from "./reduction.ts";
export { workspace } from "./workspace.ts";
export { resize, type ResizeOptions } from "./resize.ts";
export { resizeLinear } from "./resize_linear.ts";
export { resizeMask, type ResizeMaskOptions } from "./resize_mask.ts";

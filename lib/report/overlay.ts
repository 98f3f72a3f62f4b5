import { type Image, labelColors, type Mask } from "../images/mod.ts";

/** How much of an area is the color of its label. */
const share = 0.55;

/**
 * An image with areas in the colors of their labels, as files of DAVIS and PASCAL VOC color them,
 * and with white lines around them. Areas of label 0, the background, stay as they are.
 *
 * @param mask A label for each pixel of the image.
 * @throws {RangeError} If image and mask differ in size.
 */
export function overlay(image: Image, mask: Mask): Image {
  const { width, height, data } = image;
  if (mask.width !== width || mask.height !== height) {
    throw new RangeError(
      `Cannot draw areas: the image has ${width} x ${height} pixels, and the labels are for ` +
        `${mask.width} x ${mask.height}`,
    );
  }
  const pixels = data.slice();
  for (const [i, label] of mask.data.entries()) {
    const color = isEdge(mask, i) ? white : label > 0 ? labelColors[label]! : null;
    if (!color) continue;
    const part = color === white ? 1 : share;
    for (let channel = 0; channel < 3; channel++) {
      const at = 3 * i + channel;
      pixels[at] = Math.round(part * color[channel]! + (1 - part) * data[at]!);
    }
  }
  return { width, height, data: pixels };
}

const white = [255, 255, 255] as const;

/** Whether a pixel has another label than its right or lower neighbor. */
function isEdge({ width, height, data }: Mask, i: number): boolean {
  const label = data[i];
  const hasRight = i % width < width - 1, hasLower = i < width * (height - 1);
  return (hasRight && data[i + 1] !== label) || (hasLower && data[i + width] !== label);
}

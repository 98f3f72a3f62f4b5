import { type Image, labelColors, type Mask } from "../images/mod.ts";
import { overlay } from "./overlay.ts";

/** An object in an image, as it is drawn. */
export type MarkedObject = {
  /** Its corners in pixels. */
  box: readonly [left: number, top: number, right: number, bottom: number];
  /** 1 for the pixels of the object, of an image of the same size; by default none are drawn. */
  mask?: Mask;
};

/**
 * An image with objects in it: each with its box, and its pixels in a color of its own. Where
 * several lie, the first one is seen.
 *
 * @throws {RangeError} If a mask differs from the image in size, or there are more than 255 objects.
 */
export function markObjects(image: Image, objects: readonly MarkedObject[]): Image {
  const { width, height } = image;
  if (objects.length > 255) throw new RangeError(`Cannot draw ${objects.length} objects: 255 do`);
  const numbers = { width, height, data: new Uint8Array(width * height) };
  for (const [i, { mask }] of [...objects.entries()].toReversed()) {
    if (!mask) continue;
    if (mask.width !== width || mask.height !== height) overlay(image, mask); // says so
    for (const [pixel, inside] of mask.data.entries()) if (inside) numbers.data[pixel] = i + 1;
  }
  const { data } = overlay(image, numbers);
  for (const [i, { box }] of [...objects.entries()].toReversed()) {
    const [left, top, right, bottom] = box.map((side, j) => {
      const most = (j % 2 ? height : width) - 1;
      return Math.min(Math.max(Math.round(j < 2 ? side : side - 1), 0), most);
    }) as [number, number, number, number];
    const draw = (x: number, y: number) => data.set(labelColors[i + 1]!, 3 * (y * width + x));
    for (let x = left; x <= right; x++) [top, bottom].forEach((y) => draw(x, y));
    for (let y = top; y <= bottom; y++) [left, right].forEach((x) => draw(x, y));
  }
  return { width, height, data };
}

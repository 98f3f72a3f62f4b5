import type { Image, Region } from "../images/mod.ts";

/**
 * An image of which only the part that is needed is made: what strong augmentation does to a whole
 * image before a part is cut out of it.
 */
export type LazyImage = {
  width: number;
  height: number;
  /** A copy of a region, which is the caller's. */
  part(region: Region): Image;
  /** An image with the same pixels in any order, which is not to be changed. */
  pixels(): Image;
};

/** An image that is there already, mirrored left to right or not. */
export function lazyImage(image: Image, { mirror = false } = {}): LazyImage {
  const { width, height } = image;
  return {
    width,
    height,
    part: (region) => mirror ? mirroredPart(image, region) : cutOut(image, region),
    pixels: () => image,
  };
}

/** Changes each pixel by itself, in place. */
export function changed(before: LazyImage, change: (image: Image) => void): LazyImage {
  return madeOf(before, (region) => {
    const part = before.part(region);
    change(part);
    return part;
  });
}

/** Changes each pixel by itself, in place, in a way that all pixels of the image decide. */
export function toned(
  before: LazyImage,
  changeOf: (pixels: Image) => (image: Image) => void,
): LazyImage {
  return madeOf(before, (region) => {
    const part = before.part(region);
    changeOf(before.pixels())(part);
    return part;
  });
}

/** Changes, in place, each pixel by its neighbors; the outermost pixels stay as they are. */
export function neighborly(before: LazyImage, change: (image: Image) => void): LazyImage {
  return madeOf(before, (region) => {
    const left = Math.max(0, region.left - 1), top = Math.max(0, region.top - 1);
    const right = Math.min(before.width, region.left + region.width + 1);
    const bottom = Math.min(before.height, region.top + region.height + 1);
    const wider = before.part({ left, top, width: right - left, height: bottom - top });
    change(wider);
    return cutOut(wider, { ...region, left: region.left - left, top: region.top - top });
  });
}

/** Moves an image: every region depends on all pixels. */
export function moved(
  before: LazyImage,
  move: (image: Image, region: Region) => Image,
): LazyImage {
  return madeOf(before, (region) => move(before.part(all(before)), region));
}

/** The whole image. */
export function all({ width, height }: { width: number; height: number }): Region {
  return { left: 0, top: 0, width, height };
}

function madeOf(before: LazyImage, part: LazyImage["part"]): LazyImage {
  return { ...before, part, pixels: () => part(all(before)) };
}

function cutOut({ width: stride, data }: Image, { left, top, width, height }: Region): Image {
  const cut = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * stride + left) * 3;
    cut.set(data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, data: cut };
}

/** A region of the mirror image. */
function mirroredPart({ width: stride, data }: Image, region: Region): Image {
  const { left, top, width, height } = region;
  const cut = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    let from = ((top + y) * stride + stride - 1 - left) * 3;
    for (let x = 0; x < width; x++, to += 3, from -= 3) {
      cut[to] = data[from]!;
      cut[to + 1] = data[from + 1]!;
      cut[to + 2] = data[from + 2]!;
    }
  }
  return { width, height, data: cut };
}

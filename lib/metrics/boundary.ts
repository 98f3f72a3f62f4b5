import type { Mask } from "../images/mod.ts";

/**
 * The boundary of a binary mask, one pixel wide: pixels that differ from their right, lower or
 * lower-right neighbor (`_seg2bmap` of davis2017-evaluation).
 */
export function boundary({ width, height, data }: Mask): Mask {
  const edge = new Uint8Array(width * height);
  const inside = (x: number, y: number) => data[y * width + x] ? 1 : 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [right, lower] = [x + 1 < width, y + 1 < height];
      const own = inside(x, y);
      const differs = (right && own !== inside(x + 1, y)) ||
        (lower && own !== inside(x, y + 1)) ||
        (right && lower && own !== inside(x + 1, y + 1));
      if (differs) edge[y * width + x] = 1;
    }
  }
  return { width, height, data: edge };
}

/** A binary mask widened by a disk: all pixels no further than `radius` from one of its own. */
export function dilate({ width, height, data }: Mask, radius: number): Mask {
  const wide = new Uint8Array(width * height);
  const reach = Math.floor(radius);
  const halves = Array.from({ length: 2 * reach + 1 }, (_, i) => {
    const dy = i - reach;
    return { dy, half: Math.floor(Math.sqrt(radius * radius - dy * dy)) };
  });
  for (const [i, value] of data.entries()) {
    if (!value) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    for (const { dy, half } of halves) {
      if (y + dy < 0 || y + dy >= height) continue;
      const row = (y + dy) * width;
      wide.fill(1, row + Math.max(0, x - half), row + Math.min(width, x + half + 1));
    }
  }
  return { width, height, data: wide };
}

import { Random } from "../random/mod.ts";

/** The usual size of ImageNet's photos. */
const width = 500, height = 375;

/**
 * Writes JPEG files that cost as much to decode as photos: 500 x 375 pixels of soft shapes with
 * detail at all scales, some 80 kB each, close to the photos of ImageNet; or such shapes enlarged,
 * as soft as photos of cameras are.
 *
 * @returns Their paths.
 */
export async function writePhotos(folder: string, count: number, scale = 1): Promise<string[]> {
  const { default: sharp } = await import("sharp"); // native: not before it is needed
  const paths: string[] = [];
  for (let i = 0; i < count; i++) {
    const path = `${folder}/${String(i).padStart(3, "0")}.jpg`;
    await sharp(scene(new Random(`photo ${i}`)), { raw: { width, height, channels: 3 } })
      .resize(width * scale, height * scale).jpeg({ quality: 90 }).toFile(path);
    paths.push(path);
  }
  return paths;
}

/** Noise at octaves from the whole picture down to pixels, as strong as it is coarse. */
function scene(random: Random): Uint8Array {
  const sum = new Float32Array(width * height * 3).fill(128);
  for (let cell = 256, strength = 64; cell >= 1; cell /= 2, strength *= 0.85) {
    const columns = Math.ceil(width / cell) + 1, rows = Math.ceil(height / cell) + 1;
    const grid = Float32Array.from({ length: columns * rows * 3 }, () => random.uniform(-1, 1));
    for (let y = 0, at = 0; y < height; y++) {
      const top = Math.floor(y / cell), down = y / cell - top;
      for (let x = 0; x < width; x++) {
        const left = Math.floor(x / cell), right = x / cell - left;
        for (let c = 0; c < 3; c++, at++) {
          const corner = (top * columns + left) * 3 + c;
          const above = grid[corner]! * (1 - right) + grid[corner + 3]! * right;
          const next = corner + columns * 3;
          const below = grid[next]! * (1 - right) + grid[next + 3]! * right;
          sum[at]! += strength * (above * (1 - down) + below * down);
        }
      }
    }
  }
  return Uint8Array.from(sum, (v) => Math.max(0, Math.min(255, Math.round(v))));
}

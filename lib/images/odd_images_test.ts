import { assert, assertEquals, assertMatch } from "@std/assert";
import { datasetTest } from "../testing/datasets.ts";
import { decode } from "./decode.ts";
import type { Image } from "./image.ts";

/** What Pillow made of a file: its size and the mean of each channel, or an error. */
type Expected = { file: string; mode: string; size: number[]; mean: number[]; error: string };

async function pillow(folder: string): Promise<Expected[]> {
  const [, ...lines] = (await Deno.readTextFile(`${folder}/pillow.csv`)).trim().split("\n");
  return lines.map((line) => {
    const [file = "", , mode = "", width, height, ...rest] = line.split(",");
    return {
      file,
      mode,
      size: [Number(width), Number(height)],
      mean: rest.slice(0, 3).map(Number),
      error: rest.slice(3).join(","),
    };
  });
}

function mean({ data }: Image): number[] {
  const sums = [0, 0, 0];
  data.forEach((value, i) => sums[i % 3]! += value);
  return sums.map((sum) => 3 * sum / data.length);
}

/** Files for which the decoder has no reader, and its message. */
const unreadable: Record<string, RegExp> = {
  "bmp24.bmp": /it is a BMP, which is not read; convert it to PNG$/,
  "ppm.ppm": /it is a PPM, which is not read; convert it to PNG$/,
  "pillow/hopper_16bit.pgm": /it is a PPM, which is not read; convert it to PNG$/,
  "pillow/12bit.cropped.tif": /tiff2vips: samples_per_pixel not a whole number of bytes$/,
};

/** Pillow divides premultiplied colors by alpha after cutting both to eight bits: darker by 2. */
const coarser = "pillow/tiff_16bit_RGBa.tiff";

/** Pillow refuses the long text in this file; the pixel is sound, and the text is never kept. */
const readAnyway = "pillow/png_decompression_dos.png";

datasetTest("odd-images", "each file is read as Pillow does, or refused", async (folder, t) => {
  for (const { file, mode, size, mean: expected, error } of await pillow(folder)) {
    await t.step(file, async () => {
      const image = await decode(`${folder}/${file}`).catch((error: Error) => error);
      const refused = error !== "" && file !== readAnyway;
      if (file in unreadable || refused) {
        assert(image instanceof TypeError, `${file} was read, and Pillow says ${error}`);
        assertMatch(image.message, unreadable[file] ?? /^Cannot decode .* as an image: \S/);
        const reasons = image.message.split("; ");
        assertEquals(reasons, [...new Set(reasons)]); // each of them once
        return;
      }
      if (image instanceof Error) throw image;
      if (file === readAnyway) return assertEquals([image.width, image.height], [1, 1]);
      assertEquals([image.width, image.height], size);
      const tolerance = file === coarser ? 2.5 : mode === "CMYK" ? 0.5 : 0.2;
      mean(image).forEach((value, c) => {
        assert(Math.abs(value - expected[c]!) < tolerance, `channel ${c} has mean ${value}`);
      });
    });
  }
});

datasetTest("odd-images", "with the EXIF orientation all eight are upright", async (folder) => {
  const upright = await decode(`${folder}/exif_orientation_1.jpg`);
  for (let i = 1; i <= 8; i++) {
    const path = `${folder}/exif_orientation_${i}.jpg`;
    const turned = await decode(path, { exif: true });
    assertEquals([turned.width, turned.height], [320, 240]);
    const differences = turned.data.map((value, at) => Math.abs(value - upright.data[at]!));
    assert(differences.reduce((sum, value) => sum + value, 0) / differences.length < 2, path);
  }
  const turned = await decode(`${folder}/pillow/avif_rot1mir0.avif`, { exif: true });
  assertEquals([turned.width, turned.height], [640, 427]);
});

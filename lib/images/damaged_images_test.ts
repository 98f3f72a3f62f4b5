import { assert, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { damage } from "../testing/damage.ts";
import { permittedTest } from "../testing/permitted.ts";
import { decode } from "./decode.ts";

/** Damaged files of each format. */
const COUNT = 250;

/** An even gradient with some noise, so that every format has something to pack. */
async function file(format: "png" | "jpeg" | "webp" | "gif" | "avif" | "tiff") {
  const { default: sharp } = await import("sharp");
  const random = new Random(format), [width, height] = [24, 18];
  const data = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => i % 200 + random.integer(20),
  );
  return await sharp(data, { raw: { width, height, channels: 3 } }).toFormat(format).toBuffer();
}

for (const format of ["png", "jpeg", "webp", "gif", "avif", "tiff"] as const) {
  permittedTest(`decode() reads or refuses damaged files: ${format}`, ["ffi"], async () => {
    const whole = new Uint8Array(await file(format));
    await decode(whole);
    for (let seed = 0; seed < COUNT; seed++) {
      const bytes = damage(whole, new Random(`${format}/${seed}`));
      const image = await decode(bytes, { maxPixels: 1e6 }).catch((error) => {
        assert(error instanceof TypeError, `seed ${seed}: ${error.stack}`);
        const sentence = /^Cannot decode \d+ bytes as an image: \S(.*[^:\s])?$/s;
        assert(sentence.test(error.message), error.message);
        return null;
      });
      if (image) assertEquals(image.data.length, image.width * image.height * 3, `seed ${seed}`);
    }
  });
}

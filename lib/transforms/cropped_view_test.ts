import { assert, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { croppedView, drawOperations, paddedCrop } from "./mod.ts";

const image = (size: number) => ({
  width: size,
  height: size,
  data: Uint8Array.from({ length: size ** 2 * 3 }, (_, i) => 1 + i % 255),
});

const plain = { size: 8, scale: [1, 1], flip: 0, magnitude: 0, deviation: 0, erasing: 0 } as const;

Deno.test("paddedCrop() moves an image over black by as much as its padding", () => {
  const offsets = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    const { width, data } = paddedCrop(image(4), 1, new Random(seed));
    const pixel = (y: number, x: number) => data[(y * width + x) * 3]!;
    const top = pixel(0, 1) === 0 && pixel(0, 2) === 0;
    const bottom = pixel(3, 1) === 0 && pixel(3, 2) === 0;
    const left = pixel(1, 0) === 0 && pixel(2, 0) === 0;
    const right = pixel(1, 3) === 0 && pixel(2, 3) === 0;
    assert(!(top && bottom) && !(left && right));
    offsets.add([top, bottom, left, right].map(Number).join(""));
    const [dy, dx] = [Number(bottom) - Number(top), Number(right) - Number(left)];
    assertEquals(pixel(1, 1), image(4).data[((1 + dy) * 4 + 1 + dx) * 3]);
  }
  assertEquals(offsets.size, 9);
});

Deno.test("croppedView() leaves an image of its size as it is where nothing is to be done", () => {
  assertEquals(croppedView(image(8), plain, new Random(0)).data, image(8).data);
});

Deno.test("croppedView() pads only images of its size", () => {
  const padded = { ...plain, padding: 4 };
  const blacks = ({ data }: { data: Uint8Array }) => data.filter((byte) => byte === 0).length;
  const total = (size: number) =>
    Array.from(
      { length: 20 },
      (_, seed) => blacks(croppedView(image(size), padded, new Random(seed))),
    )
      .reduce((a, b) => a + b);
  assert(total(8) > 0);
  assertEquals(total(16), 0);
});

Deno.test("RandAugment interpolates as it is told, or as is drawn", () => {
  const options = { magnitude: 9, deviation: 0.5, repeat: true };
  const filters = (filter?: "bicubic") =>
    new Set(
      Array.from({ length: 60 }, (_, seed) => new Random(seed)).flatMap((random) =>
        drawOperations({ ...options, filter }, random).map(({ filter }) => filter)
      ),
    );
  assertEquals([...filters("bicubic")], ["bicubic"]);
  assertEquals(filters().size, 2);
});

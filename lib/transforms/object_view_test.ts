import { assert, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { cropObjects, flipObjects, type ObjectImage, resizeObjects } from "./object_image.ts";
import { objectView } from "./object_view.ts";

/** A white rectangle in a black image of 40 x 20 pixels. */
function rectangle(): ObjectImage {
  const [width, height] = [40, 20];
  const inside = (i: number) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x >= 4 && x < 16 && y >= 8 && y < 14;
  };
  const data = Uint8Array.from({ length: width * height }, (_, i) => inside(i) ? 1 : 0);
  return {
    image: {
      width,
      height,
      data: Uint8Array.from([...data].flatMap((v) => Array(3).fill(255 * v))),
    },
    boxes: Float32Array.of(4, 8, 16, 14),
    labels: Int32Array.of(2),
    masks: [{ width, height, data }],
  };
}

/** Requires the mask to fill the box, and the image to be white where it is. */
function assertTogether({ image, boxes, masks }: ObjectImage): void {
  const [left = 0, top = 0, right = 0, bottom = 0] = boxes;
  for (const [i, inside] of masks[0]!.data.entries()) {
    const [x, y] = [i % image.width, Math.floor(i / image.width)];
    const within = x >= left && x < right && y >= top && y < bottom;
    assertEquals([inside, image.data[3 * i]], within ? [1, 255] : [0, 0], `${x}, ${y}`);
  }
}

Deno.test("mirrored, cropped or resized, box and mask stay on their object", () => {
  const flipped = flipObjects(rectangle());
  assertEquals([...flipped.boxes], [24, 8, 36, 14]);
  assertTogether(flipped);
  assertEquals(flipObjects(flipped), rectangle());
  const cropped = cropObjects(rectangle(), { left: 6, top: 2, width: 20, height: 10 });
  assertEquals([...cropped.boxes], [0, 6, 10, 10]);
  assertTogether(cropped);
  const larger = resizeObjects(rectangle(), { width: 80, height: 20 });
  assertEquals([...larger.boxes], [8, 8, 32, 14]);
  assertEquals(larger.masks[0]!.data.reduce((sum, v) => sum + v, 0), 24 * 6);
});

Deno.test("a crop leaves out objects that do not reach into it", () => {
  const { boxes, labels, masks } = cropObjects(rectangle(), {
    ...{ left: 16, top: 0, width: 10, height: 10 },
  });
  assertEquals([boxes.length, labels.length, masks.length], [0, 0, 0]);
});

Deno.test("views have one of the sides, follow their seed, and never lose what they label", () => {
  const plan = {
    ...{ longSide: 100, shortSides: [24, 32], flip: 0.5, cropShare: 0.5 },
    ...{ cropShortSides: [30], cropSides: [16, 25] as const },
  };
  const sizes = new Set<string>();
  for (let seed = 0; seed < 40; seed++) {
    const view = objectView(rectangle(), plan, new Random(seed));
    const { width, height } = view.image;
    assert([24, 32].includes(Math.min(width, height)) && Math.max(width, height) <= 100);
    assertEquals(
      view.masks.map((mask) => [mask.width, mask.height]),
      view.masks.map(() => [
        width,
        height,
      ]),
    );
    assertEquals(view, objectView(rectangle(), plan, new Random(seed)));
    sizes.add(`${width} x ${height}`);
  }
  assert(sizes.size > 4);
});

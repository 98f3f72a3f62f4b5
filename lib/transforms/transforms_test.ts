import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Random } from "../random/mod.ts";
import { boxRadius } from "./gaussian_blur.ts";
import {
  brightness,
  colorJitter,
  contrast,
  evalCrop,
  flip,
  gaussianBlur,
  grayscale,
  hue,
  normalizePixels,
  randomRegion,
  saturation,
  solarize,
} from "./mod.ts";

const pixels = (...data: number[]) => ({
  width: data.length / 3,
  height: 1,
  data: Uint8Array.from(data),
});

Deno.test("randomRegion() draws areas uniformly from its scale, inside the image", () => {
  const random = new Random("regions");
  const image = { width: 400, height: 300 };
  const areas = Array.from({ length: 4000 }, () => {
    const { left, top, width, height } = randomRegion(image, [0.2, 0.4], random);
    assert(left >= 0 && top >= 0 && left + width <= 400 && top + height <= 300);
    assert(width / height > 0.74 && width / height < 1.35);
    return width * height / 120000;
  });
  assertAlmostEquals(areas.reduce((a, b) => a + b) / areas.length, 0.3, 0.005);
  assert(Math.min(...areas) > 0.198 && Math.max(...areas) < 0.402);
});

Deno.test("randomRegion() draws log-uniform aspects from 3:4 to 4:3 and uniform places", () => {
  const random = new Random("aspects");
  const image = { width: 400, height: 300 };
  const regions = Array.from({ length: 4000 }, () => randomRegion(image, [0.2, 0.4], random));
  const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
  const ratios = regions.map(({ width, height }) => Math.log(width / height));
  assertAlmostEquals(mean(ratios), 0, 0.01);
  assertAlmostEquals(mean(ratios.map((r) => r * r)), Math.log(4 / 3) ** 2 / 3, 0.002);
  for (
    const places of [
      regions.map(({ left, width }) => left / (400 - width)),
      regions.map(({ top, height }) => top / (300 - height)),
    ]
  ) {
    assertAlmostEquals(mean(places), 0.5, 0.02);
    assertAlmostEquals(mean(places.map((p) => (p - 0.5) ** 2)), 1 / 12, 0.005);
  }
});

Deno.test("randomRegion() falls back to the center of a narrow image", () => {
  assertEquals(randomRegion({ width: 10, height: 100 }, [0.9, 1], new Random(1)), {
    left: 0,
    top: 43,
    width: 10,
    height: 13,
  });
});

Deno.test("randomRegion() finds a place in one pixel", () => {
  assertEquals(randomRegion({ width: 1, height: 1 }, [0.05, 0.1], new Random(1)), {
    left: 0,
    top: 0,
    width: 1,
    height: 1,
  });
});

Deno.test("flip() mirrors left to right", () => {
  const image = pixels(1, 2, 3, 4, 5, 6, 7, 8, 9);
  flip(image);
  assertEquals([...image.data], [7, 8, 9, 4, 5, 6, 1, 2, 3]);
});

Deno.test("grayscale() makes all channels the luma", () => {
  const image = pixels(255, 0, 0, 0, 255, 0);
  grayscale(image);
  assertEquals([...image.data], [76, 76, 76, 150, 150, 150]);
});

Deno.test("solarize() inverts bright bytes", () => {
  const image = pixels(127, 128, 255);
  solarize(image);
  assertEquals([...image.data], [127, 127, 0]);
});

Deno.test("hue() turns red to green by a third, and leaves gray alone", () => {
  const image = pixels(200, 0, 0, 90, 90, 90);
  hue(image, 1 / 3);
  assertEquals([...image.data], [0, 200, 0, 90, 90, 90]);
});

/** Pillow's `rgb2hsv`, a turn of the hue, and `hsv2rgb`, in double precision as it is written. */
function turned(color: readonly number[], turn: number): number[] {
  const { fround, trunc, floor } = Math;
  const most = Math.max(...color), spread = most - Math.min(...color);
  const [rc = 0, gc = 0, bc = 0] = color.map((c) => fround((most - c) / spread));
  const [r, g] = color;
  const h = fround(r === most ? bc - gc : g === most ? 2 + rc - bc : 4 + gc - rc);
  const hue = spread === 0 ? 0 : trunc(fround((h / 6 + 1) % 1) * 255);
  const s = spread === 0 ? 0 : fround(trunc(fround(spread / most) * 255) / 255);
  if (s === 0) return [most, most, most];
  const sixths = ((hue + turn) & 255) * 6 / 255, f = fround(sixths - floor(sixths));
  const round = (value: number) => floor(value + 0.5);
  const p = round(most * (1 - s)), q = round(most * (1 - fround(s * f)));
  const t = round(most * (1 - s * (1 - f)));
  const roles = [[most, t, p], [q, most, p], [p, most, t], [p, q, most], [t, p, most]];
  return roles[floor(sixths) % 6] ?? [most, p, q];
}

Deno.test("hue() gives what Pillow's formulas give for colors of all kinds", () => {
  const steps = [0, 1, 2, 31, 64, 100, 127, 128, 129, 170, 200, 251, 254, 255];
  const colors = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => [r, g, b])));
  const random = new Random("colors");
  for (let i = 0; i < 20_000; i++) {
    colors.push([random.integer(256), random.integer(256), random.integer(256)]);
  }
  for (const factor of [0, 0.05, -0.1, 0.5]) {
    const image = pixels(...colors.flat());
    hue(image, factor);
    const turn = Math.trunc(factor * 255) & 255;
    assertEquals([...image.data], colors.flatMap((color) => turned(color, turn)));
  }
});

Deno.test("changes of color touch every pixel, whatever the number of pixels", () => {
  for (const change of [brightness, contrast, saturation, hue]) {
    const one = (count: number) => {
      const image = pixels(...Array(count).fill([200, 40, 90]).flat());
      change(image, 0.3);
      return [...image.data];
    };
    const first = one(1);
    for (const count of [2, 3, 4, 5, 17]) assertEquals(one(count), Array(count).fill(first).flat());
  }
});

/** Pillow's box blur of a line in plain integers; its ends are repeated beyond themselves. */
function boxBlur(line: number[], radius: number): number[] {
  const whole = Math.floor(radius);
  const weight = Math.trunc(Math.fround(2 ** 24 / Math.fround(radius * 2 + 1)));
  const edge = (2 ** 24 - (whole * 2 + 1) * weight) >>> 1;
  const at = (x: number) => line[Math.max(0, Math.min(line.length - 1, x))]!;
  return line.map((_, x) => {
    let sum = 0;
    for (let i = -whole; i <= whole; i++) sum += at(x + i);
    const edges = at(x - whole - 1) + at(x + whole + 1);
    return Math.floor((sum * weight + edges * edge + 2 ** 23) / 2 ** 24);
  });
}

Deno.test("the kernel of gaussianBlur() gives what plain integers give, whatever the size", () => {
  const random = new Random("blur");
  for (let i = 0; i < 20; i++) {
    const [width, height] = [1 + random.integer(40), 1 + random.integer(40)];
    const data = Uint8Array.from({ length: width * height * 3 }, () => random.integer(256));
    const plain = { width, height, data: data.slice() };
    const blurred = { width, height, data };
    const radius = random.uniform(0.1, 6);
    gaussianBlur(blurred, radius);
    const lines = (count: number, length: number, start: (i: number) => number, step: number) => {
      for (let line = 0; line < count; line++) {
        const places = Array.from({ length }, (_, x) => start(line) + x * step);
        let values = places.map((at) => plain.data[at]!);
        for (let pass = 0; pass < 3; pass++) values = boxBlur(values, boxRadius(radius));
        places.forEach((at, x) => plain.data[at] = values[x]!);
      }
    };
    lines(height * 3, width, (i) => Math.floor(i / 3) * width * 3 + i % 3, 3);
    lines(width * 3, height, (i) => i, width * 3);
    assertEquals(blurred, plain, `${width} x ${height}, radius ${radius}`);
  }
});

Deno.test("gaussianBlur() spreads a point evenly and keeps an even color", () => {
  const point = pixels(...Array(33).fill(0));
  point.data.fill(240, 15, 18);
  gaussianBlur(point, 1);
  const row = [...point.data].filter((_, i) => i % 3 === 0);
  assertEquals(row, row.toReversed());
  assertAlmostEquals(row.reduce((a, b) => a + b), 240, 6);
  const even = pixels(...Array(30).fill(77));
  gaussianBlur(even, 2);
  assertEquals([...even.data], Array(30).fill(77));
});

Deno.test("colorJitter() of strength 0 changes nothing", () => {
  const image = pixels(1, 200, 30, 4, 50, 60);
  colorJitter(image, [0, 0, 0, 0], new Random(1));
  assertEquals([...image.data], [1, 200, 30, 4, 50, 60]);
});

Deno.test("normalizePixels() writes (byte / 255 - mean) / deviation", () => {
  const out = new Float32Array(4);
  normalizePixels(pixels(0, 128, 255), out, 1);
  assertAlmostEquals(out[1]!, -0.485 / 0.229, 1e-6);
  assertAlmostEquals(out[2]!, (128 / 255 - 0.456) / 0.224, 1e-6);
  assertAlmostEquals(out[3]!, (1 - 0.406) / 0.225, 1e-6);
});

Deno.test("evalCrop() cuts out the center, or takes the whole image", () => {
  const image = { width: 4, height: 2, data: new Uint8Array(24) };
  image.data.fill(100, 3, 9).fill(100, 15, 21);
  const { data } = evalCrop(image, 2, { shorterSide: 2 });
  assertEquals([...data], Array(12).fill(100));
  assertEquals(evalCrop(image, 3, { evalCrop: "whole" }).width, 3);
});

Deno.test("evalCrop() refuses a square larger than the resized image", () => {
  assertThrows(() => evalCrop(pixels(0, 0, 0), 8, { shorterSide: 4 }), RangeError, "enlarge");
});

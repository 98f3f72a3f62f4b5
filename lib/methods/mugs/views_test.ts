import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import type { Image } from "../../images/mod.ts";
import { Random } from "../../random/mod.ts";
import { type CropsConfig, makeViews, type View } from "../../transforms/mod.ts";
import { views } from "./views.ts";

/** The views of an image; its large ones are weak unless a draw says otherwise. */
function viewsOf(image: Image, config: CropsConfig, random: Random) {
  const { teacher, student, local } = makeViews(image, views(config), random);
  return {
    teacher: teacher!.views,
    student: student!.views,
    local: local?.views ?? [],
    weak: student!.weak ?? true,
  };
}

const config: CropsConfig = {
  globalSize: 12,
  globalScale: [0.25, 1],
  localSize: 6,
  localScale: [0.1, 0.4],
  localCrops: 3,
  flip: 0.5,
  jitter: 0.8,
  jitterStrength: [0.4, 0.4, 0.2, 0.1],
  grayscale: 0.2,
  blur: 0.2,
  solarize: 0.2,
};

function noise(width: number, height: number): Image {
  const random = new Random("noise");
  const data = Uint8Array.from({ length: width * height * 3 }, () => random.integer(256));
  return { width, height, data };
}

Deno.test("views() make two large views each for teacher and student, and the small ones", () => {
  const groups = viewsOf(noise(20, 30), config, new Random(1));
  const sizes = (images: readonly Image[]) => images.map(({ width, height }) => [width, height]);
  assertEquals(sizes(groups.teacher), [[12, 12], [12, 12]]);
  assertEquals(sizes(groups.student), [[12, 12], [12, 12]]);
  assertEquals(sizes(groups.local), [[6, 6], [6, 6], [6, 6]]);
  assert(groups.weak);
});

Deno.test("views() make equal views of equal seeds, and others of others", () => {
  const image = noise(20, 20);
  assertEquals(
    viewsOf(image, config, new Random(1)),
    viewsOf(image, config, new Random(1)),
  );
  const [a, b] = viewsOf(image, config, new Random(1)).teacher;
  assertNotEquals(a, b);
  assertNotEquals(a, viewsOf(image, config, new Random(2)).teacher[0]);
});

Deno.test("views() leave the image as it is", () => {
  const image = noise(12, 12);
  viewsOf(image, { ...config, globalScale: [1, 1], jitter: 1 }, new Random(1));
  assertEquals(image, noise(12, 12));
});

Deno.test("views() with shared crops give the student the teacher's views", () => {
  const { teacher, student } = viewsOf(
    noise(9, 9),
    { ...config, sharedCrops: true },
    new Random(1),
  );
  assertEquals(student, teacher);
});

Deno.test("views() solarize the second view only", () => {
  const dark: Image = { width: 8, height: 8, data: new Uint8Array(192).fill(255) };
  const only = { ...config, jitter: 0, grayscale: 0, blur: 0, solarize: 1 };
  const { teacher, local } = viewsOf(dark, only, new Random(1));
  assertEquals(teacher.map(({ data }) => data[0]), [255, 0]);
  assertEquals(local.map(({ data }) => data[0]), [255, 255, 255]);
});

Deno.test("views() blur each kind of view with its own probability", () => {
  const image = noise(12, 12); // as large as the views, so that nothing but the blur changes them
  const only = { ...config, globalScale: [1, 1] as [number, number], flip: 0, jitter: 0 };
  const blurring: CropsConfig = { ...only, grayscale: 0, solarize: 0, globalBlur: [1, 0.1] };
  const random = new Random("blur");
  const blurred = [0, 0, 0, 0];
  for (let i = 0; i < 1000; i++) {
    const { teacher, student } = viewsOf(image, blurring, random);
    [...teacher, ...student].forEach(({ data }, v) => {
      if (data.some((byte, k) => byte !== image.data[k])) blurred[v]!++;
    });
  }
  // A blur of hardly more than 0.1 pixels changes no byte.
  [1, 0.1, 1, 0.1].forEach((share, v) => assertAlmostEquals(blurred[v]! / 1000, share, 0.04));
});

Deno.test("views() blur the large views as the small ones where nothing else is said", () => {
  const one = viewsOf(noise(20, 20), config, new Random(5));
  const same = viewsOf(noise(20, 20), { ...config, globalBlur: [0.2, 0.2] }, new Random(5));
  assertEquals(one, same);
});

/** Strong views betray themselves: a part of each is erased. */
const strong = { ...config, strongShare: 0.3, erasing: 1 };
const isStrong = ({ erased }: View) => erased !== undefined;

Deno.test("views() draw once for the student's large views and once for each small one", () => {
  const random = new Random("strong"), image = noise(20, 20), count = 2000;
  let large = 0, small = 0, together = 0;
  for (let i = 0; i < count; i++) {
    const { teacher, student, local, weak } = viewsOf(image, strong, random);
    assert(!teacher.some(isStrong));
    assertEquals(student.map(isStrong), [!weak, !weak]);
    if (!weak) large++;
    small += local.filter(isStrong).length;
    if (!weak && isStrong(local[0]!)) together++;
  }
  assertAlmostEquals(large / count, 0.3, 0.03);
  assertAlmostEquals(small / (3 * count), 0.3, 0.02);
  assertAlmostEquals(together / count, 0.3 * 0.3, 0.02); // apart from each other
});

Deno.test("views() make all of the student's views strong at a share of 1, and none at 0", () => {
  for (const strongShare of [0, 1]) {
    const { student, local, weak } = viewsOf(
      noise(20, 20),
      { ...strong, strongShare },
      new Random(1),
    );
    assertEquals(weak, strongShare === 0);
    assertEquals([...student, ...local].map(isStrong), Array(5).fill(strongShare === 1));
  }
});

Deno.test("views() erase strong views with its probability", () => {
  const random = new Random("erasing");
  let erased = 0;
  for (let i = 0; i < 600; i++) {
    const { student, local } = viewsOf(
      noise(12, 12),
      { ...strong, strongShare: 1, erasing: 0.25 },
      random,
    );
    erased += [...student, ...local].filter(isStrong).length;
  }
  assertAlmostEquals(erased / 3000, 0.25, 0.03);
});

Deno.test("views() augment strong views by RandAugment, not by the weak operations", () => {
  const gray: Image = { width: 12, height: 12, data: new Uint8Array(432).fill(100) };
  const still = { ...strong, strongShare: 1, erasing: 0, jitter: 1, grayscale: 1, blur: 1 };
  const colors = new Set<number>();
  const random = new Random("operations");
  for (let i = 0; i < 400; i++) {
    const { student } = viewsOf(gray, { ...still, randAugment: [10, 0] }, random);
    for (const byte of student[0]!.data) colors.add(byte);
  }
  // Unchanged, inverted, brighter and darker, solarized by adding, to no bits, and the color from
  // outside.
  for (const byte of [100, 155, 190, 10, 210, 0, 124, 116, 104]) {
    assert(colors.has(byte), `${byte}`);
  }
  const { student } = viewsOf(gray, { ...still, randAugment: [0, 0] }, new Random(2));
  // At magnitude 0 only Invert is left.
  assert(student[0]!.data.every((byte) => byte === 100 || byte === 155));
});

Deno.test("views() leave the image as it is when it augments strongly", () => {
  const image = noise(12, 12);
  for (let i = 0; i < 50; i++) viewsOf(image, { ...strong, strongShare: 1 }, new Random(i));
  assertEquals(image, noise(12, 12));
});

Deno.test("views() with shared crops augment none but small ones strongly", () => {
  const shared = { ...strong, strongShare: 1, sharedCrops: true };
  const { teacher, student, local, weak } = viewsOf(noise(20, 20), shared, new Random(1));
  assertEquals([student, weak], [teacher, true]);
  assertEquals([...student, ...local].map(isStrong), [false, false, true, true, true]);
});

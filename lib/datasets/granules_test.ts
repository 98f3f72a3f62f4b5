import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import type { Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { evalCrop, normalizePixels } from "../transforms/mod.ts";
import { boundary, individual, outline } from "./granule_body.ts";
import { type MineralSet, speciesOf } from "./granule_species.ts";
import { granules } from "./granules.ts";
import type { Sample } from "./sample.ts";

/** Accuracy of a weighted vote of the 20 nearest training images (cosine, temperature 0.07). */
async function knn(
  { train, test }: { train: Sample[]; test: Sample[] },
  level: string,
  feature: (image: Image) => Float32Array,
): Promise<number> {
  const features = (list: Sample[]) =>
    Promise.all(list.map(async (sample) => unit(feature(await sample.read()))));
  const gallery = await features(train);
  let right = 0;
  for (const [i, query] of (await features(test)).entries()) {
    const near = gallery.map((x, j) => ({
      likeness: dot(x, query),
      label: train[j]!.labels[level]!,
    }))
      .sort((a, b) => b.likeness - a.likeness).slice(0, 20);
    const votes = new Map<number, number>();
    for (const { likeness, label } of near) {
      votes.set(label, (votes.get(label) ?? 0) + Math.exp(likeness / 0.07));
    }
    const [winner] = [...votes].sort((a, b) => b[1] - a[1]);
    if (winner?.[0] === test[i]!.labels[level]) right++;
  }
  return right / test.length;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function unit(x: Float32Array): Float32Array {
  const length = Math.sqrt(dot(x, x));
  return x.map((value) => value / length);
}

function pixels(image: Image): Float32Array {
  const out = new Float32Array(32 * 32 * 3);
  normalizePixels(evalCrop(image, 32, { evalCrop: "whole" }), out);
  return out;
}

function histogram({ data }: Image): Float32Array {
  const bins = new Float32Array(24);
  data.forEach((byte, i) => bins[i % 3 * 8 + (byte >> 5)]!++);
  return bins;
}

const sets: MineralSet[] = ["common", "rare"];

for (const minerals of sets) {
  Deno.test(
    `granules() of ${minerals} minerals are neither trivial nor hopeless for pixels, nor told by color`,
    async () => {
      const small = granules({ train: 1536, test: 384, minerals });
      const raw = await knn(small, "species", pixels);
      const chance = "(chance 4.2 %)";
      assert(raw > 0.15 && raw < 0.5, `raw pixels tell the species of ${100 * raw} % ${chance}`);
      // Knowing the family by its colors and guessing among its four species gives a quarter.
      const color = await knn(small, "species", histogram);
      assert(color < 0.25, `color histograms tell the species of ${100 * color} % ${chance}`);
    },
  );
}

/** The part of a granule's area that its first mineral covers. */
function partOfFirst(granule: ReturnType<typeof individual>): number {
  const edge = outline(granule);
  const parting = boundary(granule, edge);
  let [all, first] = [0, 0];
  for (let x = -1.2; x < 1.2; x += 0.04) {
    for (let y = -1.2; y < 1.2; y += 0.04) {
      const angle = Math.atan2(y, x);
      if (edge(x, y, angle) > 0) continue;
      all++;
      if (parting(x, y, angle) < 0) first++;
    }
  }
  return first / all;
}

Deno.test("both minerals of every species cover half of a body, so that color leaves it open", () => {
  for (const species of sets.flatMap(speciesOf)) {
    const parts = Array.from(
      { length: 10 },
      (_, i) => partOfFirst(individual(species, new Random(`area ${i}`))),
    );
    const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length;
    assertAlmostEquals(mean, 0.5, 0.03, species.name);
  }
});

Deno.test("granules() of rare minerals share no name and no scene with the common ones", async () => {
  const [common, rare] = sets.map((minerals) => granules({ minerals }));
  const levels = ["family", "species", "individual"] as const;
  for (const level of levels) {
    const [a, b] = [common!.classes[level]!, rare!.classes[level]!];
    assertEquals(a.length, b.length, level);
    assertEquals(a.filter((name) => b.includes(name)), [], level);
  }
  assertEquals(granules().fingerprint, common!.fingerprint);
  assertNotEquals(common!.fingerprint, rare!.fingerprint);
  const images = await Promise.all([common!, rare!].map(({ train }) => train[0]!.read()));
  const corners = images.map(({ data }) => [...data.subarray(0, 12)]);
  assertNotEquals(corners[0], corners[1], "the same light on the same ground");
  assertThrows(
    () => granules({ minerals: "precious" as MineralSet }),
    RangeError,
    "`minerals` takes one of common, rare, not precious",
  );
});

Deno.test("granules() are equal for equal seeds, and differ for different ones", async () => {
  const [a, b] = [granules({ test: 9 }), granules({ test: 9 })];
  const other = granules({ test: 9, seed: 1 });
  assertEquals(await a.test[7]!.read(), await b.test[7]!.read());
  assertNotEquals((await a.test[7]!.read()).data, (await other.test[7]!.read()).data);
  assertNotEquals(a.fingerprint, other.fingerprint);
});

Deno.test("granules() show other pictures of the same individuals in the test part", async () => {
  const { train, test } = granules({ train: 200, test: 200 });
  assertEquals(train[3]!.labels, test[3]!.labels);
  assertNotEquals((await train[3]!.read()).data, (await test[3]!.read()).data);
});

Deno.test("granules() have 6 families, 24 species and some individuals, evenly", () => {
  const { train, classes } = granules({ train: 960, individuals: 5 });
  const counts = (level: string) => {
    const sizes = classes[level]!.map((_, label) =>
      train.filter(({ labels }) => labels[level] === label).length
    );
    return [sizes.length, Math.min(...sizes), Math.max(...sizes)];
  };
  assertEquals(counts("family"), [6, 160, 160]);
  assertEquals(counts("species"), [24, 40, 40]);
  assertEquals(counts("individual"), [120, 8, 8]);
});

Deno.test("granules() come in any size", async () => {
  const { width, height, data } = await granules({ size: 17, train: 1 }).train[0]!.read();
  assertEquals([width, height, data.length], [17, 17, 867]);
});

Deno.test("granules() of version 4 are these pixels (others need another version)", async () => {
  const { train } = granules();
  const first = [0, 8, 16, 24].map((i) => train[i]!); // one of each species of a family
  const images = await Promise.all(first.map((sample) => sample.read()));
  const bytes = new Uint8Array(
    await new Blob(images.map(({ data }) => new Uint8Array(data))).bytes(),
  );
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  assertEquals(hash.slice(0, 16), "24ef6c99a8e56896");
});

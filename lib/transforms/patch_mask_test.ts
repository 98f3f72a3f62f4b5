import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { golden } from "../testing/goldens.ts";
import { type MaskDraws, type MaskPlan, patchMask } from "./patch_mask.ts";

type Recorded = ["uniform" | "randint", number, number, number] | ["choice", number[], number];

/** Recorded draws that must be asked for in their order and within their bounds. */
function replay(recorded: Recorded[], permutation?: Uint32Array): MaskDraws & { left(): number } {
  const queue = recorded.values();
  let left = recorded.length;
  const next = () => {
    const draw = queue.next();
    assert(!draw.done, "more is drawn than was recorded");
    left--;
    return draw.value;
  };
  return {
    uniform(low = 0, high = 1) {
      const [kind, ...rest] = next();
      assertEquals(kind, "uniform");
      const [from, to, value] = rest as [number, number, number];
      assertAlmostEquals(low, from, 1e-9);
      assertAlmostEquals(high, to, 1e-9);
      return value;
    },
    integer(count) {
      const draw = next();
      if (draw[0] === "choice") {
        assertEquals(count, draw[1].length);
        return draw[2];
      }
      assertEquals([draw[0], draw[1], draw[2]], ["randint", 0, count - 1]);
      return draw[3];
    },
    permutation: () => permutation!,
    left: () => left,
  };
}

/** The plan of the official arguments, each of which may be a list or a number. */
function planOf({ pred_ratio, pred_ratio_var, pred_shape }: Case): MaskPlan {
  const ratios = [pred_ratio].flat(), variances = [pred_ratio_var].flat();
  return {
    ratios: ratios.map((ratio, i) => ({ ratio, variance: variances[i]! })),
    shape: pred_shape === "rand" ? "random" : "block",
  };
}

type Case = {
  patch_size: number;
  pred_ratio: number | number[];
  pred_ratio_var: number | number[];
  pred_shape: string;
};

golden("methods/ibot/masks", "masks of recorded draws are the official ones", (g) => {
  for (const { case: name, image, crops, draws, masked } of g.json.recorded) {
    const config: Case = g.json.cases[name];
    const at = (crop: number) => `${name}.${image}.crop${crop}`;
    const permutations = (crop: number) => {
      const stored = `${at(crop)}.permutation`;
      return g.names.includes(stored) ? Uint32Array.from(g.values(stored)) : undefined;
    };
    const recorded = replay(draws);
    for (const [crop, [height, width]] of crops.entries()) {
      const grid = [height / config.patch_size, width / config.patch_size] as const;
      const permutation = permutations(crop);
      const source = { ...recorded, permutation: () => permutation! };
      const mask = patchMask(grid, planOf(config), source);
      g.near(mask.data, `${at(crop)}.mask`);
      assertEquals(mask.data.reduce((sum, x) => sum + x, 0), masked[crop]);
    }
    assertEquals(recorded.left(), 0);
  }
});

/** Facts about masks that the official program has drawn. */
type Facts = {
  setting: string;
  images: number;
  grid: [rows: number, columns: number];
  mean_masked_fraction: number;
  standard_error: number;
  fraction_of_images_without_mask: number;
  probability_by_position: number[][];
};

/** The plan of a setting in words, such as "ratio 0 or 0.3 +- 0.2 (...)". */
function planOfSetting(setting: string): MaskPlan {
  const [, words] = /^ratio ([\d.]+(?:(?: or | \+- )[\d.]+)*)/.exec(setting)!;
  const ratios = words!.split(" or ").map((words) => words.split(" +- ").map(Number))
    .map(([ratio, variance = 0]) => ({ ratio: ratio!, variance }));
  return { ratios, shape: "block" };
}

golden("methods/ibot/masks", "drawn masks are distributed as the official ones", (g) => {
  for (const facts of g.json.distribution as Facts[]) {
    const { images, grid: [rows, columns], probability_by_position: map } = facts;
    const random = new Random(facts.setting);
    const plan = planOfSetting(facts.setting);
    const masks = Array.from({ length: images }, () => patchMask([rows, columns], plan, random));
    // Theirs are estimates like ours, so the variances of both add up.
    const near = (actual: number, expected: number, error: number) =>
      assertAlmostEquals(actual, expected, 4.5 * Math.SQRT2 * error + 1e-4, facts.setting);
    const share = (count: (data: Uint8Array) => number) =>
      masks.reduce((sum, { data }) => sum + count(data), 0) / images;
    const sum = (data: Uint8Array) => data.reduce((sum, x) => sum + x, 0);
    const errorOf = (p: number) => Math.sqrt(Math.max(p * (1 - p), 1 / images) / images);

    const fraction = share((data) => sum(data) / data.length);
    near(fraction, facts.mean_masked_fraction, facts.standard_error);
    const without = facts.fraction_of_images_without_mask;
    near(share((data) => sum(data) === 0 ? 1 : 0), without, errorOf(without));
    for (const [position, p] of map.flat().entries()) {
      near(share((data) => data[position]!), p, errorOf(p));
    }
  }
});

Deno.test("patchMask() masks just the share of patches that may be single", () => {
  const plan: MaskPlan = { ratios: [{ ratio: 0.35, variance: 0 }], shape: "random" };
  const { data } = patchMask([4, 5], plan, new Random(0));
  assertEquals(data.reduce((sum, x) => sum + x, 0), 7);
});

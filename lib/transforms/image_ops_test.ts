import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { decode, type Filter, type Image, resize } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { golden } from "../testing/goldens.ts";
import { assertWithin, tolerance } from "../testing/tolerance.ts";
import {
  brightness,
  contrast,
  evalCrop,
  flip,
  gaussianBlur,
  grayscale,
  hue,
  operationLists,
  randomRegion,
  saturation,
  solarize,
} from "./mod.ts";

// deno-lint-ignore no-explicit-any
type Params = any;
type Golden = { tensor: string; file: string; op: string; image: string; params: Params };

const { increasing } = operationLists;
const adjustments = {
  brightness,
  contrast,
  saturation,
  hue,
};
type Adjustment = keyof typeof adjustments;

type Apply = (image: Image, params: Params, words: string[]) => Image | void;

/**
 * Patterns of names in the golden set: how the operation is done here, given the words of the name
 * that the pattern captures, and its kind in the tolerances.
 */
const implementations: [RegExp, Apply, string?][] = [
  [
    /^Resize\((\d+),.*(bicubic|bilinear)\)\+CenterCrop\((\d+)\)$/,
    (image, { pillow }, [shorterSide, filter, size]) =>
      evalCrop(image, Number(size), {
        shorterSide: Number(shorterSide),
        filter: filter as Filter,
        pillow,
      }),
    "resize",
  ],
  [
    /^RandomResizedCrop box -> (bicubic|bilinear)$/,
    (image, { size, pillow, ...region }, [filter]) =>
      resize(image, { width: size, height: size }, { region, filter: filter as Filter, pillow }),
    "crop",
  ],
  [/^hflip$/, flip],
  [/^adjust_(\w+)$/, (image, { factor }, [name]) => adjustments[name as Adjustment](image, factor)],
  [/^([\w,]+) in this order$/, (image, factors, [names = ""]) => {
    for (const name of names.split(",")) adjustments[name as Adjustment](image, factors[name]);
  }, "hue"],
  [/^grayscale/, grayscale],
  [/^GaussianBlur$/, (image, { radius }) => gaussianBlur(image, radius), "blur"],
  [
    /^solarize threshold (\d+)$/,
    (image, _, [threshold]) => solarize(image, Number(threshold)),
    "solarize",
  ],
  [
    /^RandAugment (\w+)$/,
    (image, { magnitude, sign, interpolation, level_args, fill }, [name]) => {
      const operation = increasing[name as keyof typeof increasing];
      assert(operation, `RandAugment has no operation "${name}"`);
      const level = operation.level(magnitude, sign);
      if (level_args.length) assertAlmostEquals(level, level_args[0], 1e-12, name);
      return operation.apply(image, level, { filter: interpolation as Filter, fill });
    },
  ],
];

golden("image_ops", "every operation of the file equals Pillow's", async (g) => {
  const tolerances = JSON.parse(await Deno.readTextFile(`${g.folder}/tolerances.json`));
  const pillow = parseInt(g.json.versions.pillow) < 13 ? 12 : 13;
  const here = (g.json.ops as Golden[]).filter(({ file }) => file === `${g.set}.safetensors`);
  assertEquals(here.map(({ tensor }) => tensor).sort(), g.names.toSorted());
  for (const { tensor, op, image, params } of here) {
    const [name, apply, kind] = implementations.find(([name]) => name.test(op)) ?? [];
    assert(name && apply, `"${op}" has no implementation`);
    const words = op.match(name)!.slice(1);
    const input = await decode(`${g.folder}/image_ops/${image}.png`);
    const output = apply(input, { ...params, pillow }, words) ?? input;
    assertEquals([output.height, output.width, 3], g.shape(tensor), tensor);
    assertWithin(output.data, g.values(tensor), {
      name: tensor,
      tolerance: tolerance(tolerances, "image_ops", kind ?? (words[0] ?? op).toLowerCase()),
    });
  }
}, { files: "image_*.safetensors", json: "image_ops.json" });

golden("image_ops", "every operation is in a file that is there", async (g) => {
  const files = new Set((g.json.ops as Golden[]).map(({ file }) => file));
  assert(files.size > 0);
  for (const file of files) await Deno.stat(`${g.folder}/${file}`);
}, { files: "image_ops.json" });

/** Returns recorded numbers, whatever is record. */
class Recorded extends Random {
  constructor(readonly numbers: number[]) {
    super(0);
  }
  override uniform(): number {
    return this.numbers.shift()!;
  }
  override integer(): number {
    return this.numbers.shift()!;
  }
}

golden("image_ops", "the boxes of random resized crops equal torchvision's", ({ json }) => {
  for (const record of json.random_resized_crop_params) {
    const draws: number[][] = record.draws_areafrac_logratio_w_h_ok;
    const [top, left, height, width] = record.box_top_left_height_width;
    const numbers = draws.flatMap((draw) => draw.slice(0, 2));
    const random = new Recorded(record.accepted ? [...numbers, top, left] : numbers);
    const region = randomRegion(record, record.scale, random);
    assertEquals(region, { top, left, height, width });
    assertEquals(random.numbers, [], "as many tries as torchvision's");
  }
}, { files: "image_ops.json" });

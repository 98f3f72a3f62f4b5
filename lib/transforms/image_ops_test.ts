import { assert, assertEquals } from "@std/assert";
import { decode, type Filter, type Image, resize } from "../images/mod.ts";
import { golden, open } from "../testing/goldens.ts";
import { compare, tolerance } from "../testing/tolerance.ts";
import {
  brightness,
  centralRegion,
  contrast,
  cropSize,
  evalCrop,
  fits,
  flip,
  gaussianBlur,
  grayscale,
  hue,
  saturation,
  solarize,
} from "./mod.ts";

// deno-lint-ignore no-explicit-any
type Params = any;
type Operation = [string, RegExp, (image: Image, params: Params, match: string[]) => Image | void];

const jitter: Record<string, (image: Image, factor: number) => void> = {
  brightness,
  contrast,
  saturation,
  hue,
};

/** Kind (as in the tolerances), name in the golden set, and how it is done here. */
const operations: Operation[] = [
  [
    "resize",
    /^Resize\((\d+),.*(bicubic|bilinear)\)\+CenterCrop\((\d+)\)$/,
    (image, _, match) =>
      evalCrop(image, +match[3], { shorterSide: +match[1], filter: match[2] as Filter }),
  ],
  [
    "crop",
    /^RandomResizedCrop box/,
    (image, region) => resize(image, { width: region.size, height: region.size }, { region }),
  ],
  ["flip", /^hflip$/, flip],
  ["hue", /^adjust_hue$/, (image, { factor }) => hue(image, factor)],
  ["brightness", /^adjust_(.*)$/, (image, { factor }, match) => jitter[match[1]](image, factor)],
  ["hue", /in this order$/, (image, factors) => {
    for (const name in factors) jitter[name](image, factors[name]);
  }],
  ["grayscale", /^grayscale/, grayscale],
  ["blur", /^GaussianBlur$/, (image, { radius }) => gaussianBlur(image, radius)],
  ["solarize", /^solarize/, (image) => solarize(image)],
];

golden(
  "image_ops",
  "resizing, cropping and pixel operations (all but RandAugment) equal Pillow's",
  async ({ json }) => {
    const folder = Deno.env.get("MUGS_GOLDENS") ??
      new URL("../../../shared/goldens", import.meta.url).pathname;
    const tolerances = JSON.parse(await Deno.readTextFile(`${folder}/tolerances.json`));
    const files: Record<string, Awaited<ReturnType<typeof open>>> = {};
    let done = 0;
    for (const { tensor, file, op, image, params } of json.ops) {
      if (file.includes("randaug")) continue;
      const [kind, name, apply] = operations.find(([, name]) => name.test(op)) ?? [];
      assert(kind && name && apply, `"${op}" is not known`);
      const input = await decode(`${folder}/image_ops/${image}.png`);
      const output = apply(input, params, op.match(name)) ?? input;
      files[file] ??= await open(`${folder}/${file}`);
      assertEquals([output.height, output.width, 3], files[file].shape(tensor), tensor);
      compare(output.data, files[file].values(tensor), {
        name: tensor,
        tolerance: tolerance(tolerances, "image_ops", kind),
      });
      done++;
    }
    assert(done > 0);
  },
  { files: "image_ops.json" },
);

golden("image_ops", "the boxes of random resized crops equal torchvision's", ({ json }) => {
  for (const drawn of json.random_resized_crop_params) {
    for (const [part, logRatio, width, height, ok] of drawn.draws_areafrac_logratio_w_h_ok) {
      const size = cropSize(drawn, part, logRatio);
      assertEquals({ size, ok: fits(size, drawn) }, { size: { width, height }, ok });
    }
    if (drawn.accepted) continue;
    const { top, left, height, width } = centralRegion(drawn);
    assertEquals([top, left, height, width], drawn.box_top_left_height_width);
  }
}, { files: "image_ops.json" });

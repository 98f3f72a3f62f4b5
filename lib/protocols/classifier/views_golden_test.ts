import { assert, assertEquals } from "@std/assert";
import { type ClassifierConfig, classifierPresets } from "../../configs/mod.ts";
import { Random } from "../../random/mod.ts";
import { type Golden, golden } from "../../testing/goldens.ts";
import { drawOperations, imagenetMean, type NewViews } from "../../transforms/mod.ts";
import { classifierEvalView, classifierViews } from "./views.ts";

type Config = ClassifierConfig & { imageSize: number };

/** A chain of transforms as torchvision and timm print it. */
type Chain = (string | Record<string, unknown>)[];

/** The presets by the names of their chains. */
const presets: Record<string, Readonly<ClassifierConfig>> = {
  fine_tune: classifierPresets["fine-tune"].vit_small_800ep!,
  semi_fine_tune: classifierPresets["semi-supervised"].vit_small_1percent!,
  transfer: classifierPresets.transfer.vit_small_flowers!,
};

const normalization = "mean=tensor([0.4850, 0.4560, 0.4060]), std=tensor([0.2290, 0.2240, 0.2250])";

/** The chain that makes a view in training, as the original prints it. */
function trainChain(config: Config): Chain {
  const [{ size, views: [view], strong }] = classifierViews(config) as [NewViews];
  const { padding, filter, erasing, noise, cropFirst } = strong!;
  assert(view && cropFirst && filter === "bicubic" && noise === "input");
  const [from, to] = view.scale;
  return [
    padding
      ? `RandomCrop: RandomCrop(size=(${size}, ${size}), padding=${padding})`
      : "RandomResizedCropAndInterpolation: RandomResizedCropAndInterpolation(" +
        `size=(${size}, ${size}), scale=(${from}, ${to.toFixed(1)}), ` +
        "ratio=(0.75, 1.3333), interpolation=PIL.Image.BICUBIC)",
    `RandomHorizontalFlip: RandomHorizontalFlip(p=${view.flip})`,
    { type: "RandAugment", layers: 2, choice_weights: null, operations: 15 },
    "ToTensor: ToTensor()",
    `Normalize: Normalize(${normalization})`,
    {
      ...{ type: "RandomErasing", probability: erasing, mode: "pixel" },
      ...{ min_area: 0.02, max_area: 1 / 3 },
      log_aspect_ratio: [Math.log(0.3), Math.log(1 / 0.3)],
      ...{ min_count: 1, max_count: 1 },
    },
  ];
}

/** The chain that scores an image, as the original prints it. */
function evalChain(config: Config): Chain {
  const { size, evalCrop, filter } = classifierEvalView(config);
  const resizing = [
    `Resize: Resize(size=${Math.round(size * 256 / 224)}, interpolation=${filter}, ` +
    "max_size=None, antialias=True)",
    `CenterCrop: CenterCrop(size=(${size}, ${size}))`,
  ];
  return [
    ...evalCrop === "center" ? resizing : [],
    "ToTensor: ToTensor()",
    "Normalize: Normalize(mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225))",
  ];
}

/** A preset with the arguments of a recorded chain: the size of images, and how many are erased. */
function withArguments(preset: Readonly<ClassifierConfig>, chain: Chain): Config {
  const text = chain.find((step) => typeof step === "string" && step.includes("size="));
  const erasing = chain.map((step) => typeof step === "object" ? step.probability : undefined)
    .find((probability) => typeof probability === "number");
  return {
    ...preset,
    imageSize: Number(/size=\(?(\d+)/.exec(String(text))![1]),
    erasing: erasing ?? preset.erasing,
  };
}

const set = "downstream/transforms";
const options = { files: "transforms.json" };

golden(
  set,
  "images are shown and scored by the official chains of transforms",
  ({ json }: Golden) => {
    for (const [name, preset] of Object.entries(presets)) {
      const { train, eval: scored }: Record<"train" | "eval", Chain> = json[name];
      const config = withArguments(preset, train);
      assertEquals(trainChain(config), train, name);
      assertEquals(evalChain(config), scored, name);
    }
  },
  options,
);

golden(set, "images of 32 pixels are padded, and not resized", ({ json }: Golden) => {
  const { train, eval: scored }: Record<"train" | "eval", Chain> = json.fine_tune_input_32;
  const config = withArguments(presets.fine_tune!, train);
  assertEquals(trainChain(config), train);
  assertEquals(evalChain(config), scored);
}, options);

/** timm's names of operations in its representation, by ours. */
const official = (name: string) =>
  name.replace("PosterizeIncreasing", "Posterize").replace("SolarizeIncreasing", "Solarize")
    .replace(/Increasing$/, "").replace(/(?<=.)(?=[A-Z])/g, "_").toLowerCase();

golden(
  set,
  "RandAugment draws from the official operations by the official numbers",
  (g: Golden) => {
    const { ops, num_layers } = g.json.rand_augment;
    const [{ magnitude: mean, hparams: { magnitude_std } }] = ops;
    const randAugment: [number, number] = [mean, magnitude_std];
    const config = { ...presets.fine_tune!, imageSize: 224, randAugment };
    const { strong } = classifierViews(config)[0] as NewViews;
    const random = new Random("operations");
    const names = new Set<string>();
    for (let i = 0; i < 2000; i++) {
      const drawn = drawOperations(strong!, random);
      assert(drawn.length <= num_layers);
      for (const { name } of drawn) names.add(official(name));
    }
    assertEquals([...names].sort(), ops.map(({ name }: { name: string }) => name).sort());
    for (const { prob, magnitude, hparams } of ops) {
      assertEquals([prob, magnitude], [0.5, strong!.magnitude]);
      assertEquals(hparams.magnitude_std, strong!.deviation);
      assertEquals(hparams.img_mean, imagenetMean.map((mean) => Math.round(255 * mean)));
      assertEquals(hparams.interpolation, 3); // Pillow's number of bicubic
    }
  },
  options,
);

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readSafetensors } from "../checkpoint/mod.ts";
import { encode } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { pythonTest } from "../testing/python.ts";
import { succeed } from "../testing/task_run.ts";
import { assertWithin } from "../testing/tolerance.ts";

/** Two classes of noise, some pixels wide, of sizes that need resizing and cropping. */
async function images(home: string) {
  const random = new Random(0);
  for (const part of ["train", "val"]) {
    for (const [c, name] of ["dark", "light"].entries()) {
      await Deno.mkdir(`${home}/set/${part}/${name}`, { recursive: true });
      for (let i = 0; i < 3; i++) {
        const width = 250 + 40 * i, height = 300 - 20 * i;
        const blocks = Array.from({ length: 3000 }, () => random.integer(160));
        const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
          const x = Math.floor(at / 3) % width, y = Math.floor(at / 3 / width);
          return blocks[Math.floor(x / 16) * 60 + Math.floor(y / 16) * 3 + at % 3]! + 90 * c;
        });
        const png = await encode({ width, height, data });
        await Deno.writeFile(`${home}/set/${part}/${name}/${i}.png`, png);
      }
    }
  }
}

/**
 * Saves a supervised ViT-Tiny of random weights as DeiT does, and its class tokens of the images.
 */
const program = `
import glob, sys, timm, torch
from PIL import Image
from torchvision import transforms as T
from torchvision.transforms import InterpolationMode
home = sys.argv[1]
torch.manual_seed(0)
model = timm.create_model("vit_tiny_patch16_224", num_classes=10).eval()
with torch.no_grad():
    for p in model.parameters(): p.add_(torch.randn_like(p) * 0.02)
torch.save({"model": model.state_dict(), "epoch": 3}, home + "/tiny.pth")
see = T.Compose([
    T.Resize(256, InterpolationMode.BICUBIC), T.CenterCrop(224), T.ToTensor(),
    T.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
])
from safetensors.torch import save_file
for part in ["train", "val"]:
    paths = sorted(glob.glob(f"{home}/set/{part}/*/*.png"))
    with torch.no_grad():
        x = torch.stack([see(Image.open(path).convert("RGB")) for path in paths])
        cls = model.forward_features(x)[:, 0].contiguous()
        save_file({"cls": cls}, f"{home}/{part}.safetensors")
`;

pythonTest(
  "features and evaluate take a supervised ViT-Tiny of timm, and give PyTorch's class tokens",
  ["torch", "timm", "torchvision", "safetensors", "PIL"],
  async (python, t) => {
    const home = await Deno.makeTempDir();
    await images(home);
    await python(program, home);

    await t.step("features are those of PyTorch within 1e-4", async () => {
      const { err } = await succeed(
        "features --data set --checkpoint tiny.pth --out f.safetensors",
        home,
      );
      assertStringIncludes(err, '"model.*", a ViT of width 192, depth 12, 3 heads, patches of 16');
      assertStringIncludes(err, "150 tensors matched; none missing; left over 2: ");
      const { tensors } = await readSafetensors(`${home}/f.safetensors`);
      for (const [ours, theirs] of [["train", "train"], ["test", "val"]] as const) {
        const official = (await readSafetensors(`${home}/${theirs}.safetensors`)).tensors.cls!;
        const features = tensors[`${ours}.features`]!;
        assertEquals(features.shape, official.shape);
        assertWithin(features.data as Float32Array, official.data as Float32Array, {
          name: ours,
          tolerance: { match: "*", atol: 1e-4 },
        });
      }
    });

    await t.step("evaluate knn --json scores them", async () => {
      const { out } = await succeed(
        "evaluate knn --data set --checkpoint tiny.pth --json --k 3 --no-baselines",
        home,
      );
      const { top1, k } = JSON.parse(out);
      assertEquals(k, 3);
      assert(top1 >= 0 && top1 <= 100);
    });
    await Deno.remove(home, { recursive: true });
  },
);

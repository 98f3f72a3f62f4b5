import { assertEquals, assertStringIncludes } from "@std/assert";
import { openTensors, readSafetensors, type Stored, writeSafetensors } from "../checkpoint/mod.ts";
import { vitShapes } from "../models/mod.ts";
import { look } from "../testing/golden_files.ts";
import { missingPermissions, permittedTest } from "../testing/permitted.ts";
import { pytorchFile } from "../testing/pytorch_file.ts";
import { pythonTest } from "../testing/python.ts";
import { endTask } from "../testing/task_run.ts";

const convert = (line: string, home: string) => endTask(`convert ${line}`, home);

const sizes = {
  imageSize: 16,
  patchSize: 8,
  width: 12,
  depth: 2,
  mlpRatio: 4,
  relationBlocks: 1,
};

/** The teacher of a training state, every value another. */
function teacher(): Record<string, Stored & { dtype: "F32"; data: Float32Array }> {
  let next = 0;
  return Object.fromEntries(
    Object.entries(vitShapes(sizes)).map(([name, shape]) => {
      const data = new Float32Array(shape.reduce((a, b) => a * b)).map(() => next++ / 1e4);
      return [name, { dtype: "F32", shape, data }];
    }),
  );
}

const prefixed = <T>(prefix: string, named: Record<string, T>) =>
  Object.fromEntries(Object.entries(named).map(([name, value]) => [prefix + name, value]));

permittedTest(
  "convert writes the teacher under bare names, from .pth and from safetensors",
  ["run", "read", "write", "env", "sys"],
  async () => {
    const home = await Deno.makeTempDir();
    const backbone = teacher();
    const config = JSON.stringify({ heads: 3 });
    await writeSafetensors(`${home}/a.safetensors`, prefixed("teacher.backbone.", backbone), {
      config,
    });
    await Deno.writeFile(
      `${home}/b.pth`,
      pytorchFile({ teacher: prefixed("backbone.", backbone), student: {}, epoch: 1 }),
    );
    const plain = Object.keys(backbone).filter((name) => !name.startsWith("relation_blocks."));
    for (const line of ["a.safetensors", "b.pth --heads 3"]) {
      const [path, ...flags] = line.split(" ");
      const bare = await convert(`${path} ${path}.safetensors ${flags.join(" ")}`.trim(), home);
      assertEquals([bare.code, bare.err.split("; ")[1]], [0, "42 tensors matched"]);
      const leftOut = Object.keys(backbone).length - plain.length;
      assertStringIncludes(
        bare.err,
        `${leftOut} tensors of relation blocks, which timm lacks, are left out: --relation-blocks`,
      );
      const { tensors, metadata } = await readSafetensors(`${home}/${path}.safetensors`);
      assertEquals(Object.keys(tensors).sort(), plain.toSorted());
      for (const name of plain) assertEquals(tensors[name]?.data, backbone[name]?.data, name);
      assertEquals([metadata.format, JSON.parse(metadata.config!).heads], ["pt", 3]);

      const again = await convert(`${path} ${path}.safetensors ${flags.join(" ")}`.trim(), home);
      assertEquals(again.code, 2);
      assertStringIncludes(again.err, "it is there already; --fresh writes over it");
      const all = `${path} ${path}.safetensors --fresh --relation-blocks ${flags.join(" ")}`.trim();
      assertEquals((await convert(all, home)).code, 0);
      const whole = await readSafetensors(`${home}/${path}.safetensors`);
      assertEquals(Object.keys(whole.tensors).sort(), Object.keys(backbone).sort());
    }
    // What it has written is read again, at its own number of heads.
    const { code, err } = await convert("b.pth.safetensors c.safetensors", home);
    assertEquals(code, 0, err);
    const refused = await convert("b.pth.safetensors d.safetensors --head", home);
    assertStringIncludes(refused.err, 'it has no "head.weight"');
    await Deno.remove(home, { recursive: true });
  },
);

const place = look("checkpoints");
Deno.test({
  name: "checkpoints: convert makes of a full checkpoint what the official extraction does",
  ignore: "missing" in place && !place.named || missingPermissions(["run", "write"]).length > 0,
  fn: async () => {
    if ("missing" in place) throw new Error(place.missing);
    const [folder] = place.paths;
    const { config, files } = JSON.parse(await Deno.readTextFile(`${folder}/expected.json`));
    const named = (start: string) => Object.keys(files).find((name) => name.startsWith(start));
    const home = await Deno.makeTempDir();
    const line = `${folder}/${
      named("b_")
    } b.safetensors --relation-blocks --heads ${config.num_heads}`;
    const { code, err } = await convert(line, home);
    assertEquals(code, 0, err);
    const { tensors } = await readSafetensors(`${home}/b.safetensors`);
    using file = openTensors(`${folder}/${named("a1_")}`);
    const official = file.tensors;
    assertEquals(Object.keys(tensors).sort(), Object.keys(official).sort());
    for (const [name, { data }] of Object.entries(tensors)) {
      assertEquals(data, official[name]?.read(), name);
    }
    await Deno.remove(home, { recursive: true });
  },
});

/** Saves networks as Mugs and DeiT do. */
const save = `
import sys, timm, torch
home = sys.argv[1]
torch.manual_seed(0)
def network(**options):
    sizes = dict(img_size=32, patch_size=8, embed_dim=24, depth=2, num_heads=3)
    return timm.models.VisionTransformer(**sizes, **options)
own = network(num_classes=0).state_dict()
more = {"relation_blocks.0" + k[8:]: v for k, v in own.items() if k.startswith("blocks.0")}
teacher = {"module.backbone." + k: v for k, v in {**own, **more}.items()}
torch.save({"teacher": teacher, "epoch": 3}, home + "/mugs.pth")
deit = {"model": network(num_classes=5).half().state_dict()}
torch.save(deit, home + "/deit.pth", _use_new_zipfile_serialization=False)
`;

/** Loads what convert has written, strictly, and says how far it is from what was saved. */
const load = `
import sys, timm, torch
from safetensors.torch import load_file
home = sys.argv[1]
def network(path, **options):
    sizes = dict(img_size=32, patch_size=8, embed_dim=24, depth=2, num_heads=3)
    model = timm.models.VisionTransformer(**sizes, **options)
    model.load_state_dict(load_file(home + path))
    timm.models.load_checkpoint(model, home + path)
    return model.eval()
def far(a, b): return max((a[k] - b[k].float()).abs().max().item() for k in a)
mugs = torch.load(home + "/mugs.pth", weights_only=True)["teacher"]
deit = torch.load(home + "/deit.pth", weights_only=True)["model"]
bare = {k[16:]: v for k, v in mugs.items()}
print(far(network("/mugs.safetensors", num_classes=0).state_dict(), bare))
print(far(network("/deit.safetensors", num_classes=5).state_dict(), deit))
`;

pythonTest(
  "timm loads what convert writes, strictly and to the bit",
  ["torch", "timm", "safetensors"],
  async (python) => {
    const home = await Deno.makeTempDir();
    await python(save, home);
    for (const line of ["mugs.pth mugs.safetensors", "deit.pth deit.safetensors --head"]) {
      const { code, err } = await convert(`${line} --heads 3`, home);
      assertEquals(code, 0, err);
    }
    assertEquals((await python(load, home)).trim().split("\n"), ["0.0", "0.0"]);
    await Deno.remove(home, { recursive: true });
  },
);

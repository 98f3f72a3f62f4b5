import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { formatVersion, write } from "../checkpoint/mod.ts";
import { presets } from "../configs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { ascii, pytorchFile, zip } from "../testing/pytorch_file.ts";

const root = new URL("../../", import.meta.url);

/** Runs a task as a user would, where no program can be found that might fetch anything. */
async function call(line: string, home: string) {
  const [task, ...args] = line.split(" ");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", "-P", `lib/tasks/${task}.ts`, ...args],
    cwd: root,
    env: { NO_COLOR: "1", PATH: `${home}/empty`, INIT_CWD: home },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

/** A folder with an image, a folder without, and checkpoints that cannot be used. */
async function playground(): Promise<string> {
  const home = await Deno.makeTempDir();
  for (const name of ["empty", "images/train/a", "images/train/b", "busy", "begun"]) {
    await Deno.mkdir(`${home}/${name}`, { recursive: true });
  }
  for (const name of ["a/1", "a/2", "b/1", "b/2"]) {
    await Deno.writeTextFile(`${home}/images/train/${name}.jpg`, "");
  }
  await Deno.writeTextFile(`${home}/busy/checkpoint.safetensors`, "");
  await Deno.writeTextFile(`${home}/torn.safetensors`, "\u0010\0\0\0\0\0\0\0{");
  const fc = { dtype: "F32" as const, shape: [1], data: new Float32Array(1) };
  await write(`${home}/other.safetensors`, { "fc.weight": fc });
  const config = JSON.stringify(presets.tiny);
  await write(`${home}/tiny.safetensors`, vit(), { config });
  await Deno.writeFile(`${home}/lone.pth`, pytorchFile({ model: { "fc.weight": 1 } }));
  const evil = Uint8Array.from(ascii("cposix\nsystem\n(Vtouch pwned\ntR."));
  await Deno.writeFile(`${home}/evil.pth`, zip([["a/data.pkl", evil]]));
  const state = { format: "mugs", version: String(formatVersion), config };
  await write(`${home}/begun/checkpoint.safetensors`, {}, state);
  await Deno.writeTextFile(`${home}/begun/config.json`, JSON.stringify({ dataName: "granules" }));
  return home;
}

/** A ViT of width 8, as small as can be. */
function vit() {
  const shapes: Record<string, number[]> = {
    cls_token: [1, 1, 8],
    pos_embed: [1, 5, 8],
    "patch_embed.proj.weight": [8, 3, 8, 8],
    "patch_embed.proj.bias": [8],
    "blocks.0.norm1.weight": [8],
    "blocks.0.norm1.bias": [8],
    "blocks.0.attn.qkv.weight": [24, 8],
    "blocks.0.attn.qkv.bias": [24],
    "blocks.0.attn.proj.weight": [8, 8],
    "blocks.0.attn.proj.bias": [8],
    "blocks.0.norm2.weight": [8],
    "blocks.0.norm2.bias": [8],
    "blocks.0.mlp.fc1.weight": [32, 8],
    "blocks.0.mlp.fc1.bias": [32],
    "blocks.0.mlp.fc2.weight": [8, 32],
    "blocks.0.mlp.fc2.bias": [8],
    "norm.weight": [8],
    "norm.bias": [8],
  };
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const data = new Float32Array(shape.reduce((a, b) => a * b)).fill(0.1);
      return [`teacher.backbone.${name}`, { dtype: "F32" as const, shape, data }];
    }),
  );
}

const wrong: [line: string, message: string][] = [
  ["reproduce_table --data /nowhere", "there is no such folder"],
  ["reproduce_table --data empty", "Cannot find images in"],
  ["reproduce_table --data tiny.safetensors", "it is a file, not a folder"],
  ["reproduce_table --checkpoint nowhere.safetensors", "there is no such file"],
  ["reproduce_table --checkpoint torn.safetensors", "Cannot read"],
  ["reproduce_table --checkpoint other.safetensors", "it holds no vision transformer"],
  ["reproduce_table --checkpoint tiny.safetensors --arch vit_base", "its network has width 8"],
  ["reproduce_table --checkpoint tiny.safetensors --preset vit_small", "as --preset vit_small"],
  ["reproduce_table --mintes 3", "did you mean --minutes?"],
  ["reproduce_table --minutes 0", "a number from 0.05"],
  ["reproduce_table --minutes 3 --epochs 2", "give one of them"],
  ["reproduce_table --preset huge", "one of tiny, cifar"],
  ["reproduce_table --out tiny.safetensors/x", "is a file"],
  ["reproduce_table now", 'takes flags only, not "now"'],
  ["pretrain --data images", "more than the 2 training images"],
  ["pretrain --data images --batch-size 2 --epochs 0.1", "Cannot train for 0 steps"],
  ["pretrain --heads 3", "cannot be split into --heads 3"],
  ["pretrain --out busy", "--resume goes on with it"],
  ["pretrain --out empty --resume", "there is no run in"],
  ["pretrain --out busy --resume", "too few for a safetensors header"],
  ["pretrain --out begun --resume --minutes 3", "has its length already"],
  ["pretrain --out begun --resume --heads 2", "it has --heads 4"],
  ["pretrain --out begun --resume --data images", "it learned from granules"],
  ["pretrain --resume", "--resume needs --out RUN"],
  ["features --checkpoint tiny.safetensors", "features needs --out"],
  ["features --checkpoint evil.pth --out f", 'its pickle names "posix.system"'],
  ["features --checkpoint lone.pth --out f", "it holds no vision transformer"],
  ["features --checkpoint tiny.safetensors --key student --out f", "Cannot use the student of"],
  ["features --checkpoint tiny.safetensors --heads 3 --out f", "3 attention heads do not divide"],
  ["features --checkpoint tiny.safetensors --out no/where", "there is no folder"],
  ["features --checkpoint tiny.safetensors --out empty", "it is a folder"],
  ["evaluate --checkpoint tiny.safetensors", "takes knn or linear"],
  ["evaluate knn", "needs --checkpoint"],
  ["evaluate knn --checkpoint tiny.safetensors --level genus", "one of family, species"],
];

permittedTest(
  "wrong input gives one clear sentence, a code that is not 0, and leaves nothing behind",
  ["run", "read", "write", "env"],
  async (t) => {
    const home = await playground();
    const before = await listing(home);
    for (const [line, message] of wrong) {
      await t.step(line, async () => {
        const { code, out, err } = await call(line, home);
        assertStringIncludes(err, message);
        assertEquals(err.trim().split("\n").length, 1, err);
        assert(err.startsWith("error: ") && !/\n\s+at /.test(err), err);
        assertEquals([code, out], [2, ""]);
      });
    }
    assertEquals(await listing(home), before);
    await Deno.remove(home, { recursive: true });
  },
);

permittedTest(
  "--help lists every field of the configuration",
  ["run", "read", "write", "env"],
  async () => {
    for (const task of ["reproduce_table", "pretrain"]) {
      const { code, out } = await call(`${task} --help`, "/tmp");
      assertEquals(code, 0);
      for (const flag of ["--data DIR", "--minutes", "--batch-size", "--teacher-momentum"]) {
        assertStringIncludes(out, flag);
      }
    }
  },
);

async function listing(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    names.push(name, ...(isDirectory ? await listing(`${folder}/${name}`) : []));
  }
  return names.sort();
}

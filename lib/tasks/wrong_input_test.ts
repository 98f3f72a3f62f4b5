import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Header } from "tar/header";
import { checkpointVersion, writeSafetensors } from "../checkpoint/mod.ts";
import { tiny as preset } from "../configs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { ascii, pytorchFile, zip } from "../testing/pytorch_file.ts";
import { endTask } from "../testing/task_run.ts";
import { tinyVit } from "../testing/tiny_vit.ts";

/** Runs a task where no program can be found that might fetch anything. */
const call = (line: string, home: string) =>
  endTask(line, home, { env: { PATH: `${home}/empty` } });

/** A folder with an image, a folder without, and checkpoints that cannot be used. */
async function playground(): Promise<string> {
  const home = await Deno.makeTempDir();
  for (const name of ["empty", "busy", "begun"]) await Deno.mkdir(`${home}/${name}`);
  const folders: Record<string, string[]> = {
    images: ["train/a/1.jpg", "train/a/2.jpg", "train/b/1.jpg", "train/b/2.jpg"],
    one: ["train/a/1.jpg", "train/a/2.jpg"],
    plain: ["1.jpg", "2.jpg"],
    held: ["val/a/1.jpg", "val/b/1.jpg"],
    foreign: ["train/a/1.jpg", "train/b/1.jpg", "val/c/1.jpg"],
    packed: ["set.tar.gz"],
    python: ["data_batch_1"],
    full: ["notes.txt"],
  };
  for (const path of Object.entries(folders).flatMap(([of, all]) => all.map((x) => `${of}/${x}`))) {
    await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${home}/${path}`, "");
  }
  await Deno.mkdir(`${home}/torn`);
  await Deno.writeFile(`${home}/torn/0.tar`, header("1.png", 600));
  await Deno.writeTextFile(`${home}/busy/checkpoint.safetensors`, "");
  await Deno.writeTextFile(`${home}/torn.safetensors`, "\u0010\0\0\0\0\0\0\0{");
  const fc = { dtype: "F32" as const, shape: [1], data: new Float32Array(1) };
  await writeSafetensors(`${home}/other.safetensors`, { "fc.weight": fc });
  const config = JSON.stringify(preset);
  await writeSafetensors(`${home}/tiny.safetensors`, tinyVit("teacher.backbone."), { config });
  await Deno.writeFile(`${home}/lone.pth`, pytorchFile({ model: { "fc.weight": 1 } }));
  const evil = Uint8Array.from(ascii("cposix\nsystem\n(Vtouch pwned\ntR."));
  await Deno.writeFile(`${home}/evil.pth`, zip([["a/data.pkl", evil]]));
  const state = { format: "mugs", version: String(checkpointVersion), config };
  await writeSafetensors(`${home}/begun/checkpoint.safetensors`, {}, state);
  await Deno.writeTextFile(`${home}/begun/config.json`, JSON.stringify({ dataName: "granules" }));
  return home;
}

/** How a file begins in a tar archive. */
function header(path: string, size: number): Uint8Array {
  const begin = new Header({ path, size, mode: 0o644, type: "File" });
  begin.encode();
  return begin.block!;
}

/** A command line, and what its message says: what was asked, what was found, and what to do. */
type Wrong = [line: string, request: string, finding: string, advice: string];

const tiny = "--checkpoint tiny.safetensors";

const wrong: Wrong[] = [
  ["reproduce_table --data /nowhere", "images from /nowhere", "no such folder", "see that"],
  ["reproduce_table --data empty", "images in", "no file there ends in .jpg", "name a folder"],
  ["reproduce_table --data tiny.safetensors", "tiny.safetensors", "a file", "name the folder"],
  ["reproduce_table --data one", "one: its images", "two classes or more", "pretrain learns"],
  ["reproduce_table --data plain", "plain: its images", "not in folders", "pretrain learns"],
  ["reproduce_table --data held", "learn from", "val/ and no train/", "add train/, or name"],
  [
    "reproduce_table --data foreign",
    "score on",
    'class "c" is not among the 2',
    "add it to train/",
  ],
  ["reproduce_table --data packed", "images in", "no file there ends", "unpack set.tar.gz"],
  ["reproduce_table --data python", "data_batch_1", "it is truncated", "unpack the archive again"],
  ["reproduce_table --data torn", "torn/0.tar", "it ends within 1.png", "fetch or pack it again"],
  ["reproduce_table --checkpoint no.pth", "Cannot read", "there is no such file", "see that"],
  [
    "reproduce_table --checkpoint torn.safetensors",
    "Cannot read",
    "ends after 9",
    "fetch the file",
  ],
  [
    "reproduce_table --checkpoint other.safetensors",
    "use",
    "no vision transf",
    "take a checkpoint",
  ],
  [`reproduce_table ${tiny} --arch vit_base`, "as --arch vit_base", "has width 8", "leave out"],
  [`reproduce_table ${tiny} --preset vit_small`, "as --preset vit", "has width 8", "leave out"],
  ["reproduce_table --mintes 3", "--mintes", "There is no flag", "did you mean --minutes?"],
  ["reproduce_table --minutes 0", "--minutes", 'not "0"', "takes a number from 0.05"],
  ["reproduce_table --minutes 3 --epochs 2", "--minutes and --epochs", "contradict", "one of them"],
  ["reproduce_table --preset huge", "--preset", 'not "huge"', "takes one of tiny, cifar"],
  ["reproduce_table --out tiny.safetensors/x", "Cannot write to", "is a file", "another place"],
  ["reproduce_table --out full", "full is not empty", '"notes.txt"', "name a new folder"],
  ["reproduce_table now", "reproduce-table takes", 'not "now"', "one of main, linear, knn"],
  [
    `features ${tiny} --data images --out f.csv --backend wasm --processes 2`,
    "by several processes",
    "on the backend wasm",
    "leave --backend out",
  ],
  [
    `evaluate linear ${tiny} --data images --augment --processes 2`,
    "among --processes",
    "what --augment does",
    "leave one of them out",
  ],
  ["pretrain --data images", "--batch-size 64", "the 2 training images", "give a smaller one"],
  ["pretrain --data images --batch-size 2 --epochs 0.1", "Cannot train", "0 steps", "more epochs"],
  ["pretrain --heads 3", "--heads 3", "--width 128", "give a divisor"],
  ["pretrain --backend cuda", "--backend", 'not "cuda"', "takes one of tensorflow, wasm, cpu"],
  ["pretrain --out busy", "busy", "holds a run", "--resume continues it, --fresh begins anew"],
  ["pretrain --out empty --resume", "Cannot continue", "no run in", "without --resume one begins"],
  ["pretrain --out busy --resume", "Cannot read", "it has 0 bytes", "--fresh begins anew"],
  ["pretrain --out busy --resume --fresh", "--resume and --fresh", "contradict", "one of them"],
  ["pretrain --out begun --resume --minutes 3", "--minutes", "its length already", "leave it out"],
  [
    "pretrain --out begun --resume --heads 2",
    "--heads 2",
    "it has --heads 4",
    "leave the flag out",
  ],
  ["pretrain --out begun --resume --data images", "with images", "from granules", "another --out"],
  ["pretrain --resume", "--resume", "needs", "--out, the folder of a run"],
  [`features ${tiny}`, "features", "needs", "--out PATH"],
  ["features --checkpoint evil.pth --out f", "Cannot read", '"posix.system"', "or take another"],
  ["features --checkpoint lone.pth --out f", "use", "no vision transformer", "take a checkpoint"],
  [`features ${tiny} --key student --out f`, "student of", '"teacher.backbone." alone', "--key"],
  [`features ${tiny} --heads 3 --out f`, "3 attention heads", "width 8", "--heads takes a divisor"],
  [`features ${tiny} --out no/where`, "Cannot write", "there is no folder", "make it first"],
  [`features ${tiny} --out empty`, "Cannot write", "it is a folder", "name a file in it"],
  [`features ${tiny} --out f.foo`, "Cannot write", '".safetensors"', "not as .foo"],
  [`features ${tiny} --out other.safetensors`, "Cannot write", "there already", "--fresh writes"],
  [
    `features ${tiny} --out ./tiny.safetensors --fresh`,
    "Cannot write",
    "it is read, too",
    "another file",
  ],
  ["pretrain --lr 0.1", "--lr", "There is no flag", "did you mean --learning-rate?"],
  ["pretrain --num-workers 4", "--num-workers", "There is no flag", "did you mean --workers?"],
  [`evaluate video --data images`, "evaluate video", "needs", "--checkpoint FILE"],
  [`evaluate video ${tiny} --data images`, "layout of DAVIS", "there must be", "JPEGImages/480p"],
  [`evaluate ${tiny}`, "evaluate takes", "none was given", "one of knn, linear"],
  ["evaluate nearest", "evaluate takes", 'not "nearest"', "one of knn, linear"],
  ["convert", "convert", "needs two files", "IN and OUT"],
  ["convert no.pth a.safetensors", "no.pth", "there is no such file", "see that"],
  ["convert torn.safetensors a.safetensors", "Cannot read", "ends after 9", "fetch the file"],
  ["convert lone.pth a.safetensors", "use", "no vision transformer", "take a checkpoint"],
  [
    "convert tiny.safetensors a.safetensors --head",
    "head of",
    'no "head.weight"',
    "leave out --head",
  ],
  ["evaluate knn", "evaluate", "needs", "--checkpoint FILE"],
  ["evaluate linear --epochs 3", "evaluate", "needs", "--checkpoint FILE"],
  [`evaluate linear ${tiny} --epochs 3`, "--epochs needs --augment", "setting", "original's way"],
  [`evaluate linear ${tiny} --augment --blocks 9`, "--blocks 9", "more than", "of the network"],
  [`evaluate knn ${tiny} --k 5,x`, "--k", "integers from 1", 'not "5,x"'],
  [
    `evaluate logistic ${tiny} --labels no.txt`,
    "Cannot read the list",
    "no.txt: there is no such file",
    "see that",
  ],
  [
    `evaluate logistic ${tiny} --data images --labels full/notes.txt`,
    "Cannot learn from",
    "full/notes.txt: it names none of the 2 images",
    "give file names such as",
  ],
  ["evaluate fine-tune", "evaluate fine-tune", "needs", "--checkpoint FILE"],
  [`evaluate fine-tune ${tiny} --preset huge`, "--preset takes one of", 'not "huge"', "tiny"],
  [`evaluate fine-tune ${tiny} --data one`, "one: its images", "two classes or more", "not in"],
  [`evaluate transfer ${tiny} --outputs 2`, "head of 2 outputs", "classes; give", "--outputs"],
  [
    `evaluate transfer ${tiny} --data images --batch-size 9`,
    "--batch-size 9",
    "training images of images",
    "give a smaller one",
  ],
  [
    `evaluate transfer ${tiny} --data images --batch-size 2 --repeats 3 --repeat-round 256`,
    "with --repeats 3",
    "--repeat-round 256 images",
    "give a smaller one",
  ],
  [
    `evaluate semi-supervised ${tiny} --batch-size 8 --accumulate 3`,
    "--batch-size 8",
    "--accumulate 3",
    "equal parts",
  ],
  [`evaluate fine-tune ${tiny} --resume`, "--resume needs", "--out", "folder of a run"],
  [`evaluate fine-tune ${tiny} --resume --out empty`, "Cannot continue", "no run", "one begins"],
  [`evaluate fine-tune ${tiny} --image-size 20`, "--image-size 20", "patch size, 8", "multiple"],
  [`evaluate logistic ${tiny} --data one`, "one: its images", "not in folders of two", "pretrain"],
  [`evaluate knn ${tiny} --level genus`, "--level", 'not "genus"', "takes one of family, species"],
];

permittedTest(
  "wrong input gives one sentence on what was asked, found and to do, and leaves nothing behind",
  ["run", "read", "write", "env"],
  async (t) => {
    const home = await playground();
    const before = await listing(home);
    for (const [line, ...parts] of wrong) {
      await t.step(line, async () => {
        const { code, out, err } = await call(line, home);
        for (const part of parts) assertStringIncludes(err, part);
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

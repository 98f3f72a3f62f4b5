import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { writeSafetensors } from "../checkpoint/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { smallRun, taskCommand, writeImages } from "../testing/task_run.ts";
import { tinyVit } from "../testing/tiny_vit.ts";

/**
 * What clears a screen, deletes a character, begins a sequence in eight bits, turns text, and begins
 * a line.
 */
const steering = "\x1b[2J\x7f\x9b31m\u202e\nbroken";

/** Everything but lines of printable text. */
const unprintable = /[^\P{C}\n]/u;

const small = "--backend cpu --heads 2";

/** Command lines with `~` where the steering text stands in a name, and their exit codes. */
const lines: [line: string, code: number][] = [
  ["convert left~over.safetensors out~.safetensors --heads 2", 0],
  ["convert unknown~.safetensors a.safetensors --heads 2", 2],
  ["convert shape~.safetensors a.safetensors --heads 2", 2],
  ["convert left~over.safetensors a.safetensors --key x~", 2],
  ["convert no~where.safetensors a.safetensors", 2],
  ["convert torn~.safetensors a.safetensors", 2],
  ["convert a b~ c", 2],
  ["reproduce_table linear~", 2],
  ["bench word~", 2],
  ["features --checkpoint left~over.safetensors --heads 2 --data set --out no~folder/f.csv", 2],
  [`features --checkpoint left~over.safetensors --data set --out f~.csv ${small}`, 0],
  [`evaluate knn --checkpoint left~over.safetensors --data set~ --no-baselines ${small}`, 0],
  [`evaluate knn --checkpoint left~over.safetensors --data set~ --json ${small}`, 0],
  ["evaluate knn --checkpoint left~over.safetensors --data no~set --heads 2", 2],
  ["evaluate ne~xt", 2],
  ["pretrain --unknown~ 3", 2],
  ["pretrain --epochs 3~", 2],
  ["pretrain --resume=~", 2],
  ["pretrain --preset ~", 2],
  ["pretrain word~", 2],
  ["pretrain --config no~file.json", 2],
  ["pretrain --out ~ --resume", 2],
  ["pretrain --print-config --config named.json", 0],
  [`pretrain --data set~ --out run~ --steps 1 --backend cpu ${smallRun}`, 0],
  [`pretrain --data set~ --out run~ --steps 1 --backend cpu ${smallRun}`, 2],
];

permittedTest(
  "tasks print through the functions that escape names, and no other way",
  ["read"],
  () => {
    const writes = /\bconsole\.|\bDeno\.std(out|err)\.write/;
    const folders = ["./", "./evaluate/", "../cli/"].map((path) => new URL(path, import.meta.url));
    const writers = folders.flatMap((folder) =>
      [...Deno.readDirSync(folder)].map(({ name }) => new URL(name, folder))
        .filter(({ pathname }) => /(?<!_test)\.ts$/.test(pathname))
        .filter((file) => writes.test(Deno.readTextFileSync(file)))
        .map(({ pathname }) => pathname.split("/").at(-1))
    );
    // The second one writes what the first one's thread has escaped.
    assertEquals(writers.sort(), ["output.ts", "signals_worker.ts"]);
  },
);

permittedTest(
  "no task prints what would steer a terminal, from whatever name it comes",
  ["run", "read", "write", "env", "sys", "ffi"],
  async (t) => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    await Deno.mkdir(`${home}/set${steering}`);
    for (const part of ["train", "val"]) {
      await Deno.rename(`${home}/set/${part}/dark`, `${home}/set/${part}/dark${steering}`);
      await Deno.symlink(`${home}/set/${part}`, `${home}/set${steering}/${part}`);
    }
    const head = { dtype: "F32" as const, shape: [1], data: Float32Array.of(1) };
    const vit = tinyVit();
    await Promise.all([
      writeSafetensors(`${home}/left${steering}over.safetensors`, {
        ...vit,
        [`head.${steering}`]: head,
      }),
      writeSafetensors(`${home}/unknown${steering}.safetensors`, {
        ...vit,
        [`x${steering}`]: head,
      }),
      writeSafetensors(`${home}/shape${steering}.safetensors`, {
        ...Object.fromEntries(
          Object.entries(vit).map(([name, tensor]) => [`a${steering}.${name}`, tensor]),
        ),
        [`a${steering}.norm.weight`]: head,
      }),
      Deno.writeTextFile(`${home}/torn${steering}.safetensors`, "PK"),
      Deno.writeTextFile(`${home}/named.json`, JSON.stringify({ preset: "tiny", epochs: 3 })),
    ]);
    for (const [line, code] of lines) {
      await t.step(line, async () => {
        // Words are cut at spaces before the name is put in, which has none.
        const output = await taskCommand(line.replaceAll("~", steering), home).output();
        const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
        const [out, err] = [decode(output.stdout), decode(output.stderr)];
        assertEquals(output.code, code, err);
        assert(!unprintable.test(out + err), JSON.stringify(out + err));
        assert(!/^broken/m.test(out + err), out + err);
        if (line.includes("~")) assertStringIncludes(out + err, "x1b");
        if (line.includes("--json")) assertEquals(JSON.parse(out).data, `set${steering}`);
      });
    }
    await Deno.remove(home, { recursive: true });
  },
);

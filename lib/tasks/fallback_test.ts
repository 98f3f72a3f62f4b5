import { assertEquals, assertStringIncludes } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { endTask, smallRun, type TaskOptions, writeImages } from "../testing/task_run.ts";

/** A machine on which TensorFlow is not there and nothing can be found that would fetch it. */
async function bare(home: string, permissions?: string[]): Promise<TaskOptions> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { denoDir } = JSON.parse(new TextDecoder().decode(stdout));
  const env = {
    PATH: `${home}/nothing`,
    XDG_CACHE_HOME: `${home}/cache`,
    DENO_DIR: denoDir, // would otherwise be in the new cache as well
    MUGS_TENSORFLOW: "",
  };
  return { env, permissions };
}

/** The lines that tell of another backend than TensorFlow. */
const remarks = (err: string) => err.split("\n").filter((line) => /TensorFlow|backend/.test(line));

permittedTest(
  "where TensorFlow cannot be had, one line says why and the program goes on on wasm",
  ["run", "read", "write", "env", "sys"],
  async (t) => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const here = await bare(home);
    const table = `reproduce_table --data set --out run --steps 2 ${smallRun}`;

    await t.step("without pip", async () => {
      const { code, out, err } = await endTask(table, home, here);
      assertEquals([code, remarks(err).length], [0, 1], err);
      assertStringIncludes(remarks(err)[0]!, "install Python 3 with pip");
      assertStringIncludes(remarks(err)[0]!, "Continuing without it, on the slower backend wasm");
      assertStringIncludes(out, "Scored on at most 1000 of the images");
      const { backend } = JSON.parse(await Deno.readTextFile(`${home}/run/config.json`));
      assertEquals(backend, "wasm");
    });

    await t.step("again: the run on wasm is used", async () => {
      const { code, err } = await endTask(table, home, here);
      assertEquals(code, 0, err);
      assertStringIncludes(err, "Finished before");
    });

    const locked = await bare(home, ["-A", "--deny-ffi"]);
    await t.step("without the permission to call native code", async () => {
      const line = `pretrain --out more --steps 1 ${smallRun}`;
      const { code, err } = await endTask(line, home, locked);
      assertEquals([code, remarks(err).length], [0, 1], err);
      assertStringIncludes(remarks(err)[0]!, "Deno was not given --allow-ffi");
    });

    await t.step("a folder of images needs that permission", async () => {
      const { code, err } = await endTask("pretrain --data set", home, locked);
      assertEquals(code, 2);
      assertStringIncludes(err, "their decoder is native code");
    });

    await t.step("where TensorFlow was asked for it is an error", async () => {
      const { code, err } = await endTask(`${table} --fresh --backend tensorflow`, home, here);
      assertEquals(code, 1, err);
      assertStringIncludes(err, "error: Cannot fetch TensorFlow's C library");
    });
    await Deno.remove(home, { recursive: true });
  },
);

import { assertEquals } from "@std/assert";
import { encode } from "../images/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { smallRun } from "../testing/task_run.ts";

const project = decodeURIComponent(new URL("../../", import.meta.url).pathname);

permittedTest(
  "as many classes as you like are read where few files may be open (case many-classes-few-handles)",
  ["run", "read", "write", "env", "sys"],
  async () => {
    if (Deno.build.os === "windows") return; // it has no such limit
    const home = await Deno.makeTempDir();
    const png = await encode({ width: 8, height: 8, data: new Uint8Array(8 * 8 * 3).fill(99) });
    for (let i = 0; i < 500; i++) {
      await Deno.mkdir(`${home}/train/${i}`, { recursive: true });
      await Deno.writeFile(`${home}/train/${i}/0.png`, png);
    }
    const flags = `--data ${home} --out ${home}/run --backend cpu --steps 1 ${smallRun}`;
    const { code, stderr } = await new Deno.Command("sh", {
      args: ["-c", `ulimit -n 128; "$0" run -q -P lib/tasks/pretrain.ts ${flags}`, Deno.execPath()],
      cwd: project,
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    await Deno.remove(home, { recursive: true });
  },
);

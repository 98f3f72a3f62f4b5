import { assertEquals, assertStringIncludes } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";

const config = decodeURIComponent(new URL("../../deno.json", import.meta.url).pathname);

permittedTest(
  "paths are those of the folder where the task was called, whatever INIT_CWD says",
  ["run", "read", "write", "env"],
  async () => {
    if (Deno.build.os !== "linux") return; // elsewhere nothing tells where a process works
    const home = await Deno.makeTempDir();
    const other = await Deno.makeTempDir();
    for (const INIT_CWD of [other, `${other}/gone`, ""]) {
      const { stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["task", "-q", "-c", config, "convert", "no.pth", "out.safetensors"],
        cwd: home,
        env: { INIT_CWD, NO_COLOR: "1" },
      }).output();
      assertStringIncludes(new TextDecoder().decode(stderr), `Cannot read ${home}/no.pth`);
    }
    await Deno.remove(home, { recursive: true });
    await Deno.remove(other, { recursive: true });
  },
);

permittedTest(
  "a newline in an argument or in the folder's name changes no path",
  ["run", "read", "write", "env"],
  async () => {
    if (Deno.build.os !== "linux") return;
    const above = await Deno.makeTempDir();
    for (const name of ["q", "q\nr", "q\n"]) await Deno.mkdir(`${above}/${name}`);
    for (
      const [name, file] of [["q\nr", "no.pth"], ["q\n", "no.pth"], ["q", "x\ny.pth"]] as const
    ) {
      const { stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["task", "-q", "-c", config, "convert", file, "out.safetensors"],
        cwd: `${above}/${name}`,
        env: { INIT_CWD: above, NO_COLOR: "1" },
      }).output();
      const path = `${above}/${name}/${file}`.replaceAll("\n", "\\n");
      const [line = ""] = new TextDecoder().decode(stderr).split("\n");
      assertEquals(line.includes(`Cannot read ${path}:`), true, line);
    }
    await Deno.remove(above, { recursive: true });
  },
);

import { assertStringIncludes } from "@std/assert";
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

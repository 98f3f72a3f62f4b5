import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { environment } from "./environment.ts";

permittedTest(
  "environment() says in a sentence what is missing before it makes a folder",
  ["read", "write", "env", "run"],
  async () => {
    const home = await Deno.makeTempDir();
    const folder = `${home}/.venv`;
    const without = await assertRejects(
      () => environment({ folder, python: `${home}/python3` }),
      Error,
    );
    assertEquals(
      without.message,
      `Notebooks need Python 3.10 or later with venv and pip: ${home}/python3 was not found`,
    );

    await Deno.writeTextFile(`${home}/old`, "#!/bin/sh\necho 3.8\nexit 1\n", { mode: 0o755 });
    const old = await assertRejects(() => environment({ folder, python: `${home}/old` }), Error);
    assertStringIncludes(old.message, "is Python 3.8");
    assertEquals([...Deno.readDirSync(home)].map(({ name }) => name), ["old"]);
    await Deno.remove(home, { recursive: true });
  },
);

permittedTest(
  "environment() leaves a complete environment as it is, and its kernel without colors",
  ["read", "write", "env", "run"],
  async () => {
    const folder = await Deno.makeTempDir();
    const requirements = `${folder}/required.txt`;
    await Deno.writeTextFile(requirements, "jupyterlab==0\n");
    await Deno.copyFile(requirements, `${folder}/requirements.txt`);
    const messages: string[] = [];
    const log = (line: string) => void messages.push(line);
    await environment({ folder, requirements, python: "/nowhere/python3", log });
    const kernel = JSON.parse(
      await Deno.readTextFile(`${folder}/share/jupyter/kernels/deno/kernel.json`),
    );
    assertEquals(messages, []);
    assertEquals([kernel.display_name, kernel.env], ["Deno", { NO_COLOR: "1" }]);
    await Deno.remove(folder, { recursive: true });
  },
);

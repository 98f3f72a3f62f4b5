import { assertEquals } from "@std/assert";
import { permittedTest } from "./permitted.ts";

permittedTest("every file of tests loads without any permission", ["read", "run"], async () => {
  const lib = new URL("../", import.meta.url);
  const files = [...Deno.readDirSync(lib)].filter(({ isDirectory }) => isDirectory)
    .flatMap(({ name }) =>
      [...Deno.readDirSync(new URL(name, lib))].map((file) => `${name}/${file.name}`)
    )
    .filter((file) => file.endsWith("_test.ts"));
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", "--no-prompt", "-"],
    cwd: lib,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const input = process.stdin.getWriter();
  const imports = files.map((file) => `import "./${file}";\n`).join("");
  await input.write(new TextEncoder().encode(imports));
  await input.close();
  const { code, stderr } = await process.output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
});

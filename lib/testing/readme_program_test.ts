import { assert, assertEquals, assertMatch } from "@std/assert";
import { permittedTest } from "./permitted.ts";
import { smallConfig, writeImages } from "./task_run.ts";

const root = new URL("../../", import.meta.url);

/** The blocks of code of a language in the README's part on the library. */
async function blocks(language: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL("README.md", root));
  const part = text.split("\n## ").find((part) => part.startsWith("As a library")) ?? "";
  return [...part.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .flatMap(([, name, code]) => name === language ? [code!] : []);
}

permittedTest(
  "the README's program on the library runs in a folder of its own",
  ["run", "read", "write", "env", "sys", "ffi"],
  async () => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    await Deno.rename(`${home}/set`, `${home}/my_images`);
    const [[config], [program]] = await Promise.all([blocks("json"), blocks("ts")]);
    const { imports, links } = JSON.parse(config!);
    assertEquals([imports.mugs.startsWith("jsr:@mugs/mugs@"), links], [true, ["../mugs"]]);
    const { pathname } = root;
    await Deno.writeTextFile(
      `${home}/deno.json`,
      JSON.stringify({ imports, links: [decodeURIComponent(pathname).replace(/\/$/, "")] }),
    );
    // Smaller and on the processor alone: what is learned does not matter here.
    const small = program!.replace("useFastest()", 'use("cpu")')
      .replace("steps: 200", `steps: 2, ...${JSON.stringify(smallConfig)}`);
    assert(small.includes('use("cpu")') && small.includes("steps: 2,"));
    await Deno.writeTextFile(`${home}/train.ts`, small);
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "train.ts"],
      cwd: home,
      env: { NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder().decode(stdout);
    assert(success, new TextDecoder().decode(stderr));
    assertMatch(text, /^checkpoint class \d+/m);
    assertMatch(text, /^k-NN \d+/m);
    for (const name of ["run/config.json", "losses.png", "features.safetensors"]) {
      assert((await Deno.stat(`${home}/${name}`)).size > 0, name);
    }
    await Deno.remove(home, { recursive: true });
  },
);

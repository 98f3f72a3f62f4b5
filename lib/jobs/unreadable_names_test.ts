import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { encode } from "../images/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { openData } from "./open_data.ts";

permittedTest(
  "names that are no UTF-8 are told before the error to which they lead " +
    "(case names-latin1-files)",
  ["run", "read", "write", "env", "sys", "ffi"],
  async () => {
    if (Deno.build.os !== "linux") return; // other systems take no such names
    const home = await Deno.makeTempDir();
    await Deno.mkdir(`${home}/dog`);
    const image = { width: 8, height: 8, data: new Uint8Array(8 * 8 * 3) };
    await Deno.writeFile(`${home}/dog/0.png`, await encode(image));
    const script = 'cd "$0" && cp -r dog "$(printf "caf\\351")"'; // Deno cannot write such a name
    const copy = new Deno.Command("sh", { args: ["-c", script, home] });
    assertEquals((await copy.output()).success, true);
    const lines: string[] = [];
    const options = { scored: true, imageSize: 32, exif: false };
    const observer = { tell: (line: string) => void lines.push(line) };
    await assertRejects(() => openData(home, options, observer), Error, "of two classes or more");
    assertMatch(lines.join("\n"), /^note: caf\ufffd is left out, .* no UTF-8; [^\n]*$/);
    await Deno.remove(home, { recursive: true });
  },
);

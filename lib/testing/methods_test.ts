import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { recipes } from "../configs/mod.ts";
import { methods } from "../methods/mod.ts";
import { Random } from "../random/mod.ts";
import { dispose, flatten } from "../tree/mod.ts";
import { permittedTest } from "./permitted.ts";

/** Rooms that may know a method by its name: the methods, the paper's tables, and tests. */
const free = /^(methods|paper|testing)\/|_(test|bench)\.ts$/;

permittedTest("no room but methods and paper decides by the name of a method", ["read"], () => {
  const names = Object.values(methods).flatMap(({ name, title }) => [name, title]).join("|");
  const decision = new RegExp(
    `([!=]==?|\\bcase)\\s*["'\`](${names})["'\`]|["'\`](${names})["'\`]\\s*[!=]==?`,
  );
  const lib = new URL("../", import.meta.url);
  const faults = sources(lib).filter((path) =>
    !free.test(path) && decision.test(Deno.readTextFileSync(new URL(path, lib)))
  );
  assertEquals(faults, []);
});

Deno.test("every method has the recipe of its name, and a preset for trials", () => {
  for (const [name, method] of Object.entries(methods)) {
    assertEquals([method.name, "tiny" in method.presets], [name, true]);
    for (const preset of Object.values(method.presets)) {
      assertEquals(preset.method, name);
      assertEquals(Object.keys(preset).filter((field) => !(field in method.fields)), []);
      method.check(preset);
    }
  }
  assertEquals(Object.keys(methods), Object.keys(recipes));
});

/** The program files in a folder, by their paths in it. */
function sources(folder: URL, path = ""): string[] {
  return [...Deno.readDirSync(new URL(path, folder))].flatMap(({ name, isDirectory }) => {
    if (isDirectory) return sources(folder, `${path}${name}/`);
    return name.endsWith(".ts") ? [path + name] : [];
  });
}

Deno.test("every method states the shapes of what it begins with", async () => {
  await tf.setBackend("cpu");
  for (const { presets, init, shapes } of Object.values(methods)) {
    const config = { ...presets.tiny!, depth: 1, width: 8, heads: 2, headHidden: 8 };
    const state = flatten(init(config, new Random(0)));
    const initial = Object.entries(state).map(([path, { shape }]) => `${path} ${shape}`);
    const stated = Object.entries(shapes(config)).map(([path, shape]) => `${path} ${shape}`);
    assertEquals(initial.sort(), stated.sort());
    dispose(state);
  }
});

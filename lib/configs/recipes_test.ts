import { assert, assertEquals } from "@std/assert";
import { architectures, resnets } from "../models/mod.ts";
import { recipes } from "./recipes.ts";
import { smallVit } from "./small.ts";

Deno.test("every preset of every method has a heading, and its architecture's sizes", () => {
  for (const [method, { presets, headings, fields, scaled }] of Object.entries(recipes)) {
    const names = [...new Set(Object.values(presets).map(({ preset }) => preset))];
    assertEquals(names.sort(), Object.keys(headings).sort());
    assert(scaled.every((name) => name in presets));
    for (const preset of Object.values(presets)) {
      const { width, depth, heads, mlpRatio, resnet, arch } = preset;
      const name = `${method} ${preset.preset}`;
      assertEquals([name, preset.method], [name, method]);
      assertEquals(Object.keys(preset).filter((field) => !(field in fields)), [], name);
      if (Object.hasOwn(resnets, arch)) assertEquals<unknown>(resnet, lookUp(resnets, arch), name);
      else assertEquals(resnet, undefined, name);
      if (arch === "custom" || resnet || method === "moco_v3") continue; // which has other heads
      assertEquals({ width, depth, heads, mlpRatio }, lookUp(architectures, arch), name);
    }
  }
});

Deno.test("small presets favor no method: they share the backbone and how it is scored", () => {
  const { preset: _preset, relationBlocks: _blocks, ...shared } = smallVit;
  for (const { presets } of Object.values(recipes)) {
    const { tiny } = presets;
    const same = Object.fromEntries(
      Object.keys(shared).map((name) => [name, tiny![name as keyof typeof shared]]),
    );
    assertEquals(same, shared as unknown as typeof same);
  }
});

Deno.test("small presets favor no method: compared, their teachers have the same momentum", () => {
  const momenta = Object.values(recipes).flatMap(({ presets, compared }) =>
    ["tiny", "tiny_resnet"].filter((name) => name in presets).map((name) => {
      const config: Record<string, unknown> = { ...presets[name], ...compared };
      return config.teacherMomentum;
    })
  );
  assertEquals(new Set(momenta), new Set([0.99, undefined]));
});

function lookUp<T>(record: Readonly<Record<string, T>>, name: string): T {
  const value = record[name];
  if (value === undefined) throw new RangeError(`There is no ${name}`);
  return value;
}

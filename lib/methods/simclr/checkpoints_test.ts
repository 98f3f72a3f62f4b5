import { assert, assertEquals, assertGreater } from "@std/assert";
import { openTensors, readTensors, toTensors } from "../../checkpoint/mod.ts";
import { loadEncoder } from "../../models/mod.ts";
import { type Sequential, sequential } from "../../nn/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { look } from "../../testing/golden_files.ts";
import { flatten, type Named, unflatten } from "../../tree/mod.ts";

const set = "methods/simclr/checkpoints_forward";

/** The index of the official checkpoint, and the keys of its tensors by their names here. */
function official(): { path: string; keys: Record<string, string> } {
  const place = look("methods/simclr/checkpoints");
  assert("paths" in place);
  const [folder = ""] = place.paths;
  const files = [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`);
  const [path, names] = [".index", "_names.json"].map((ending) =>
    files.find((file) => file.endsWith(ending))!
  ) as [string, string];
  const { torchvision_name_to_key } = JSON.parse(Deno.readTextFileSync(names));
  const keys = Object.entries<string[]>(torchvision_name_to_key).map((
    [name, [key]],
  ) => [name, key]);
  return { path, keys: Object.fromEntries(keys) };
}

/** The projector of a checkpoint: linear layers and normalizations, with ReLU between them. */
function projectorIn(path: string, keys: Record<string, string>): Named {
  using file = openTensors(path);
  const entries = Object.entries(keys).filter(([name]) => name.startsWith("projector."))
    .map(([name, key]) => [name, file.tensors[key]!]);
  const named = toTensors(readTensors(Object.fromEntries(entries)));
  return Object.fromEntries(
    Object.entries(named).map(([name, x]) => [name, x.rank === 2 ? x.transpose() : x]),
  );
}

/** The same as layers by position. */
function layersOf(projector: Named): Sequential {
  const layers = Object.entries(projector).map(([name, tensor]) => {
    const [, layer, kind, leaf] = name.split(".");
    return [`${3 * Number(layer) + (kind === "bn" ? 1 : 0)}.${leaf}`, tensor];
  });
  return unflatten<Sequential>(Object.fromEntries(layers));
}

golden(set, "the network of a checkpoint of TensorFlow is the official one", (g) => {
  const { path, keys } = official();
  using encoder = loadEncoder(path);
  const features = encoder.embed(g.normalized("input.pixels_u8"));
  g.near(features, "pooled");
  const layers = layersOf(projectorIn(path, keys));
  g.near(sequential(features, layers, { activation: "relu" }), "projection");
});

golden(set, "a checkpoint of TensorFlow holds the official tensors", (g) => {
  const { path, keys } = official();
  using encoder = loadEncoder(path);
  const named = { ...flatten(encoder.params), ...projectorIn(path, keys) };
  const stored = g.names.filter((name) => name.startsWith("state."));
  assertGreater(stored.length, 0);
  for (const name of stored) {
    const tensor = named[name.slice("state.".length)];
    assert(tensor, `There is nothing to hold against ${name}`);
    assertEquals(tensor.shape, g.shape(name));
    assertEquals([...tensor.dataSync()], [...g.values(name)], name);
  }
});

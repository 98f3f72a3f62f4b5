import type * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { classifierGroup, networkShapes } from "../protocols/classifier/setup.ts";
import type { ClassifierSetup } from "../protocols/mod.ts";
import type { Named } from "../tree/mod.ts";
import type { Golden } from "./goldens.ts";
import { pathOf } from "./recorded_classifier.ts";

/** Compares all tensors below a prefix of the file, and that there are some. */
export function nearAll(g: Golden, named: Named, prefix: string): void {
  const names = g.names.filter((name) => name.startsWith(prefix));
  assert(names.length > 0, prefix);
  const ours = Object.fromEntries(
    Object.entries(named).map(([path, tensor]) => [path.replace(/^backbone\./, ""), tensor]),
  );
  for (const name of names) {
    const tensor = ours[name.slice(prefix.length)];
    assert(tensor, `${name} has no counterpart`);
    if (name.endsWith("qkv.bias")) nearWithoutKeys(g, tensor, name);
    g.near(tensor, name);
  }
}

/** The biases of keys have no true gradient: those of queries and values are held closer. */
function nearWithoutKeys(g: Golden, tensor: tf.Tensor, name: string): void {
  if (name.includes("grad")) return;
  const third = tensor.size / 3;
  const values = tensor.dataSync(), expected = Array.from(g.values(name));
  for (const from of [0, 2 * third]) {
    g.nearNumbers(values.slice(from, from + third), expected.slice(from, from + third), {
      name: name.replace("qkv.bias", "proj.bias"),
    });
  }
}

/** The rate and the decay of every parameter in an iteration are those of its official group. */
export function nearGroups(
  g: Golden,
  { t, rate, weightDecay, setup }: {
    t: number;
    rate: number;
    weightDecay: number;
    setup: ClassifierSetup;
  },
): void {
  const { param_groups, iterations } = g.json;
  const { lr, weight_decay } = iterations[t];
  const groupOf = classifierGroup(setup);
  const shapes = networkShapes(setup);
  let count = 0;
  for (const [i, { params }] of param_groups.entries()) {
    for (const name of params as string[]) {
      const group = groupOf(pathOf(name), shapes[pathOf(name)]!.length);
      g.nearNumbers([group.rate * rate], [lr[i]], { name: "lr" });
      g.nearNumbers([group.decays ? weightDecay : 0], [weight_decay[i]], { name: "weight_decay" });
      count++;
    }
  }
  assertEquals(count, Object.keys(shapes).length);
}

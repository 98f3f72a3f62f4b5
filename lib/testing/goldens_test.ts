import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { look } from "./golden_files.ts";
import { golden } from "./goldens.ts";
import { permittedTest } from "./permitted.ts";

golden("vit_tokens", "the inputs are rebuilt from their low-resolution pictures", (g) => {
  for (const name of g.names.filter((n) => n.endsWith(".input_base_u8"))) {
    const tag = name.slice(0, name.indexOf("."));
    const image = g.picture(name);
    const [, , rows, columns] = g.tensor(`${tag}.input_check`).shape as tf.Tensor4D["shape"];
    const corner = image.slice([0, 0, 0, 0], [-1, rows, columns, -1]).transpose([0, 3, 1, 2]);
    g.near(corner, `${tag}.input_check`);
    let sum = 0;
    for (const value of image.dataSync()) sum += value;
    g.near([sum], `${tag}.input_sum`);
  }
});

golden("losses", "near() accepts the tensor itself and refuses another", (g) => {
  for (const name of g.names) g.near(g.tensor(name), name);
  const name = g.names.find((n) => n.endsWith("grad_student"))!;
  assertThrows(() => g.near(g.tensor(name).add(1e-3), name), Error, "too far");
  assertThrows(() => g.near(g.tensor(name).flatten(), name), Error, "has shape");
});

golden("schedules", "a set may be JSON alone", (g) => {
  assertEquals(g.names, []);
  assertEquals(Array.isArray(g.json), true);
}, { files: "schedules.json" });

golden("losses", "run() returns what the function returns", (g, run) => {
  const square = run((x: tf.Tensor) => x.mul(x));
  const x = g.tensor("infonce.queue_initial");
  const [a, b] = [square(x).dataSync(), x.dataSync()];
  b.forEach((value, i) => assertAlmostEquals(a[i]!, value * value, 1e-6));
}, { compiled: true });

permittedTest("look() finds files of a subfolder", ["env", "read"], () => {
  const place = look("methods/dino/losses*");
  if ("missing" in place) assertEquals(place.named, false);
  else assertEquals(place.paths.map((path) => path.split("/").slice(-2)[0]), ["dino"]);
});

permittedTest(
  "look() says which folder is missing and whether it was named",
  ["env", "read"],
  () => {
    const place = look("nowhere/losses.safetensors");
    assertEquals("missing" in place && place.missing.endsWith("/nowhere"), true);
    assertEquals("named" in place && place.named, Deno.env.has("MUGS_GOLDENS"));
  },
);

import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Located } from "../../checkpoint/mod.ts";
import { findResnet } from "./find.ts";
import { resnetShapes } from "./shapes.ts";
import { resnets, type ResnetSizes } from "./sizes.ts";

const small = { stemWidth: 2, planes: [2, 3, 4, 5], layers: [1, 2, 1, 1] } as const;
const networks: ResnetSizes[] = [
  { ...resnets.resnet18, ...small },
  { ...resnets.resnet50, ...small },
];

/** A file of zeros. */
const file = (sizes: ResnetSizes, name = (path: string) => path): Record<string, Located> =>
  Object.fromEntries(
    Object.entries(resnetShapes(sizes)).map(([path, shape]) => {
      const read = () => new Float32Array(shape.reduce((a, b) => a * b, 1));
      return [name(path), { dtype: "F32", shape, read }];
    }),
  );

Deno.test("findResnet() knows the names of transformers", () => {
  const transformers = (path: string) =>
    path.replace(/^conv1\./, "resnet.embedder.embedder.convolution.")
      .replace(/^bn1\./, "resnet.embedder.embedder.normalization.")
      .replace(/^layer(\d)\./, (_, i) => `resnet.encoder.stages.${i - 1}.layers.`)
      .replace(/\.conv(\d)\./, (_, i) => `.layer.${i - 1}.convolution.`)
      .replace(/\.bn(\d)\./, (_, i) => `.layer.${i - 1}.normalization.`)
      .replace(".downsample.0.", ".shortcut.convolution.")
      .replace(".downsample.1.", ".shortcut.normalization.");
  for (const sizes of networks) {
    const found = findResnet(file(sizes, transformers), "x");
    assertEquals([found.prefix, found.sizes], ["resnet.", sizes]);
    assertEquals(Object.keys(found.tensors), Object.keys(resnetShapes(sizes)));
  }
});

Deno.test("findResnet() passes over words of wrappers and takes MoCo's query encoder", () => {
  const [sizes] = networks as [ResnetSizes];
  const moco = {
    ...file(
      sizes,
      (path) => `state_dict.module.encoder_q.${path.replace(".conv", ".module.conv")}`,
    ),
    ...file(sizes, (path) => `state_dict.module.encoder_k.${path}`),
  };
  const { prefix, others } = findResnet(moco, "x");
  assertEquals(prefix, "state_dict.module.encoder_q.");
  assertEquals(others, ["state_dict.module.encoder_k."]);
});

Deno.test("findResnet() reads files that do not count batches", () => {
  const [sizes] = networks as [ResnetSizes];
  const entries = Object.entries(file(sizes)).filter(([path]) => !path.endsWith("_tracked"));
  const { tensors, missing } = findResnet(Object.fromEntries(entries), "x");
  assertEquals(missing, {});
  assertEquals(tensors["bn1.num_batches_tracked"]?.read(), new BigInt64Array(1));
});

Deno.test("findResnet() leaves out nothing that has a part in the features", () => {
  const [sizes] = networks as [ResnetSizes];
  const excited = { ...file(sizes), "layer1.0.se.fc1.weight": file(sizes)["conv1.weight"]! };
  for (const partial of [false, true]) {
    assertThrows(
      () => findResnet(excited, "x", { partial }),
      TypeError,
      'no residual network here has "layer1.0.se.fc1.weight", and without them its features',
    );
  }
});

Deno.test("findResnet() lets nothing be missing that has a part in the features", () => {
  for (const sizes of networks) {
    const whole = file(sizes);
    for (const path of Object.keys(whole).filter((path) => !path.endsWith("_tracked"))) {
      const { [path]: _, ...part } = whole;
      for (const partial of [false, true]) {
        const error = assertThrows(() => findResnet(part, "x", { partial }), TypeError);
        assert(!/`partial`/.test(error.message), error.message);
      }
    }
  }
});

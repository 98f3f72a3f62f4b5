import { assertEquals, assertThrows } from "@std/assert";
import type { Located } from "../../checkpoint/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { findBackbone } from "../find_backbone.ts";
import { resnetShapes } from "./shapes.ts";
import { resnets, type ResnetSizes } from "./sizes.ts";

const small = { stemWidth: 2, planes: [2, 3, 4, 5], layers: [1, 2, 1, 1] } as const;
const networks: ResnetSizes[] = [
  { ...resnets.resnet18, ...small },
  { ...resnets.resnet50, ...small },
];

/** A tensor in the layout of TensorFlow, its numbers those of PyTorch's layout in order. */
function laidOut(shape: readonly number[]): Located {
  const size = shape.reduce((product, n) => product * n, 1);
  const values = Float32Array.from({ length: size }, (_, i) => i);
  if (shape.length < 4) return { dtype: "F32", shape: [...shape], read: () => values };
  const [outputs, inputs, height, width] = shape as [number, number, number, number];
  const moved = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const pixel = i % (height * width);
    const [input, output] = [
      Math.floor(i / (height * width)) % inputs,
      Math.floor(i / size * outputs),
    ];
    moved[(pixel * inputs + input) * outputs + output] = values[i]!;
  }
  return { dtype: "F32", shape: [height, width, inputs, outputs], read: () => moved };
}

/** The tensors of a network under other names. */
function renamed(
  sizes: ResnetSizes,
  rename: (path: string) => string | null,
): Record<string, Located> {
  const entries = Object.entries(resnetShapes(sizes)).flatMap(([path, shape]) => {
    const name = rename(path);
    return name === null ? [] : [[name, laidOut(shape)] as const];
  });
  return Object.fromEntries(entries);
}

/** What BYOL's program calls a tensor of one of its networks. */
const haiku = (network: string) => (path: string) => {
  const [, module = "", leaf = ""] = /^(.*)\.(\w+)$/.exec(path) ?? [];
  const name = module.replace(/^conv1$/, "initial_conv").replace(/^bn1$/, "initial_batchnorm")
    .replace(/^layer(\d)\.(\d+)\./, (_, i, j) => `block_group_${i - 1}/~/block_${j}/~/`)
    .replace(/\/conv(\d)$/, (_, i) => `/conv_${i - 1}`)
    .replace(/\/bn(\d)$/, (_, i) => `/batchnorm_${i - 1}`)
    .replace("downsample.0", "shortcut_conv").replace("downsample.1", "shortcut_batchnorm");
  const parameter = { weight: /conv/.test(name) ? "w" : "scale", bias: "offset" }[leaf];
  const begin = `experiment_state.${network}_`;
  if (parameter) return `${begin}params.encoder/~/${name}.${parameter}`;
  const average = {
    running_mean: "mean_ema.average",
    running_var: "var_ema.average",
    num_batches_tracked: "mean_ema.counter",
  }[leaf];
  return `${begin}state.encoder/~/${name}/~/${average}`;
};

/** What SimCLR's program calls a tensor. */
const keras = ({ block }: ResnetSizes) => (path: string) => {
  const [layers, step] = block === "basic"
    ? ["conv2d_bn_layers", 2]
    : ["conv_relu_dropblock_layers", 3];
  const shortcut = block === "basic" ? "shortcut_layers" : "projection_layers";
  const [, module = "", leaf = ""] = /^(.*)\.(\w+)$/.exec(path) ?? [];
  const name = module.replace(/^conv1$/, "initial_conv_relu_max_pool/0/conv2d")
    .replace(/^bn1$/, "initial_conv_relu_max_pool/2/bn")
    .replace(/^layer(\d)\.(\d+)\./, (_, i, j) => `block_groups/${i - 1}/layers/${j}/`)
    .replace(/\/conv(\d)$/, (_, i) => `/${layers}/${step * (i - 1)}/conv2d`)
    .replace(/\/bn(\d)$/, (_, i) => `/${layers}/${step * (i - 1) + 1}/bn`)
    .replace("downsample.0", `${shortcut}/0/conv2d`).replace("downsample.1", `${shortcut}/1/bn`);
  const variable = {
    weight: /conv2d$/.test(name) ? "kernel" : "gamma",
    bias: "beta",
    running_mean: "moving_mean",
    running_var: "moving_variance",
  }[leaf];
  return variable ? `model/resnet_model/${name}/${variable}/.ATTRIBUTES/VARIABLE_VALUE` : null;
};

/** Holds what was found in a file against the network that was put into it. */
function assertNetwork(tensors: Record<string, Located>, sizes: ResnetSizes, prefix: string) {
  const located = findBackbone({ tensors, metadata: {} }, "x", {});
  assertEquals([located.prefix, located.sizes.resnet], [prefix, sizes]);
  const shapes = Object.entries(resnetShapes(sizes));
  assertEquals(Object.entries(located.tensors).map(([path, { shape }]) => [path, shape]), shapes);
  for (const [path, { shape, read }] of Object.entries(located.tensors)) {
    if (path.endsWith("num_batches_tracked")) continue;
    const size = shape.reduce((product, n) => product * n, 1);
    assertEquals([...read()], Array.from({ length: size }, (_, i) => i), path);
  }
}

Deno.test("findBackbone() takes the online network of BYOL, padded by TensorFlow's rule", () => {
  for (const sizes of networks) {
    const file = { ...renamed(sizes, haiku("target")), ...renamed(sizes, haiku("online")) };
    assertNetwork(file, { ...sizes, samePadding: "all" }, "online.encoder.");
    const { prefix, others } = findBackbone({ tensors: file, metadata: {} }, "x", {
      key: "target",
    });
    assertEquals([prefix, others], ["target.encoder.", ["online.encoder."]]);
  }
});

golden("methods/byol/names", "published networks have the tensors that are read", (g) => {
  const { params, state } = g.json["pretrain_res50x1.pkl"] as Record<string, [string, number[]][]>;
  const located = (kind: string, entries: [string, number[]][]) =>
    entries.map(([name, shape]) => {
      const path = `experiment_state.online_${kind}.${name.replace(/\/([^/]+)$/, ".$1")}`;
      return [path, { dtype: "F32", shape, read: () => new Float32Array(0) }];
    });
  const tensors = Object.fromEntries([...located("params", params!), ...located("state", state!)]);
  const { prefix, sizes, missing, leftOver, tensors: matched } = findBackbone(
    { tensors, metadata: {} },
    "x",
  );
  const resnet: ResnetSizes = { ...resnets.resnet50, samePadding: "all" };
  assertEquals([prefix, sizes.resnet, missing, leftOver], ["online.res_net50.", resnet, {}, {}]);
  assertEquals(
    Object.entries(matched).map(([path, { shape }]) => [path, shape]),
    Object.entries(resnetShapes(resnet)),
  );
}, { files: "names.json" });

Deno.test("findBackbone() takes the network of SimCLR, whose pixels go from 0 to 1", () => {
  for (const sizes of networks) {
    const slot = "/.OPTIMIZER_SLOT/optimizer/Momentum/.ATTRIBUTES/VARIABLE_VALUE";
    const file = renamed(sizes, keras(sizes));
    for (const [name, tensor] of Object.entries(file)) {
      file[name.replace("/.ATTRIBUTES/VARIABLE_VALUE", slot)] = tensor;
    }
    const traits = { samePadding: "pool", pixels: "fractions" } as const;
    assertNetwork(file, { ...sizes, ...traits }, "model.resnet_model.");
  }
});

Deno.test("findBackbone() refuses networks of these programs with other blocks", () => {
  const [, sizes] = networks as [ResnetSizes, ResnetSizes];
  const selective = renamed(sizes, keras(sizes));
  const block = "model/resnet_model/block_groups/0/layers/0";
  selective[`${block}/se_layer/0/kernel/.ATTRIBUTES/VARIABLE_VALUE`] = laidOut([2]);
  const activated = renamed(sizes, haiku("online"));
  activated["experiment_state.online_params.encoder/~/final_batchnorm.scale"] = laidOut([2]);
  for (const tensors of [selective, activated]) {
    assertThrows(
      () => findBackbone({ tensors, metadata: {} }, "x", { partial: true }),
      TypeError,
      "without them its features would be those of another network",
    );
  }
});

Deno.test("findBackbone() takes what a network computes otherwise from its configuration", () => {
  const [sizes] = networks as [ResnetSizes];
  const tensors = renamed(sizes, (path) => path);
  for (const [path, shape] of Object.entries(resnetShapes(sizes))) {
    tensors[path] = { ...laidOut([]), shape: [...shape] };
  }
  const traits = { samePadding: "pool", pixels: "fractions" } as const;
  const config = JSON.stringify({ resnet: { ...sizes, ...traits } });
  const { resnet } = findBackbone({ tensors, metadata: { config } }, "x").sizes;
  assertEquals(resnet, { ...sizes, ...traits });
});

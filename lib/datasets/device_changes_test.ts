import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { compile } from "../compile/mod.ts";
import type { Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import {
  changePhotometrically,
  drawPhotometricChange,
  type PhotometricChange,
  photometricNumbers,
} from "../transforms/mod.ts";
import { changeViews } from "./device_changes.ts";
import { networkInput } from "./network_input.ts";

const none: PhotometricChange = { jitter: [], grayscale: false, blur: 0, solarize: false };

/** Colors of all kinds: noise, soft waves, grays, black and white. */
function picture(random: Random, size: number): Image {
  const data = new Uint8Array(size * size * 3);
  for (let i = 0; i < size * size; i++) {
    const x = i % size, y = Math.floor(i / size);
    const gray = y < 2 ? [0, 128, 255][x % 3]! : null;
    for (let c = 0; c < 3; c++) {
      const wave = 127.5 + 120 * Math.sin(x / (3 + c) + y / 5);
      data[3 * i + c] = gray ?? (x < size / 2 ? wave : random.integer(256));
    }
  }
  return { width: size, height: size, data };
}

/** Bytes that differ between device and processor, as shares of all, and by how much they do. */
function compare(
  changes: readonly PhotometricChange[],
  { size = 16, change = changeViews }: { size?: number; change?: typeof changeViews } = {},
) {
  const random = new Random("pictures");
  const pictures = changes.map(() => picture(random, size));
  const bytes = Uint8Array.from(pictures.flatMap(({ data }) => [...data]));
  const numbers = Float32Array.from(changes.flatMap((change) => photometricNumbers(change)));
  for (const [i, change] of changes.entries()) changePhotometrically(pictures[i]!, change);
  const expected = Uint8Array.from(pictures.flatMap(({ data }) => [...data]));
  const shape: [number, number, number, number] = [changes.length, size, size, 3];
  return tf.tidy(() => {
    const difference = networkInput({ bytes, changes: numbers }, shape, change)
      .sub(networkInput({ bytes: expected }, shape))
      .mul(tf.tensor1d([0.229, 0.224, 0.225]).mul(255)).abs().dataSync();
    const other = difference.filter((value) => value > 0.5);
    return { share: other.length / difference.length, most: Math.max(...other, 0) };
  });
}

const adjustments = {
  brightness: [0.6, 1, 1.4],
  contrast: [0.6, 1, 1.4],
  saturation: [0.2, 1, 1.8],
  hue: [-0.5, -0.1, 0, 0.03, 0.49],
} as const;

tensorflowTest("each change on the device gives the bytes of the processor", () => {
  for (const [name, factors] of Object.entries(adjustments)) {
    const changes = factors.map((factor) => ({
      ...none,
      jitter: [{ name: name as keyof typeof adjustments, factor }],
    }));
    assertEquals(compare(changes), { share: 0, most: 0 }, name);
  }
  const blurs = [0.1, 0.3, 0.7, 1, 1.3, 1.99, 2].map((blur) => ({ blur }));
  for (const change of [{ grayscale: true }, { solarize: true }, {}, ...blurs]) {
    assertEquals(compare([{ ...none, ...change }]), { share: 0, most: 0 }, JSON.stringify(change));
  }
});

/** As Mugs draws them for its second large view, and more often. */
const often = {
  jitter: 0.9,
  jitterStrength: [0.4, 0.4, 0.2, 0.1],
  grayscale: 0.2,
  blur: 0.6,
  solarize: 0.3,
} as const;

tensorflowTest("so do all changes together, in each order, compiled and by XLA", () => {
  const random = new Random("changes");
  const changes = Array.from({ length: 48 }, () => drawPhotometricChange(often, random));
  assert(new Set(changes.map(({ jitter }) => jitter.map(({ name }) => name).join())).size > 15);
  for (const executor of ["graph", "xla"] as const) {
    using change = compile(changeViews, { executor });
    const { share, most } = compare(changes, { size: 12, change });
    if (executor === "graph") assertEquals(share, 0);
    // XLA rounds a product and a sum once: a byte may differ by 1, and contrast or hue add to that.
    assert(share <= 0.002 && most < 4.5, `${executor}: ${share} differ by up to ${most}`);
  }
});

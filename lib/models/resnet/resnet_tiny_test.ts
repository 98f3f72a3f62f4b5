import type * as tf from "@tensorflow/tfjs";
import { assertEquals, assertGreater } from "@std/assert";
import { shapeLines } from "../../testing/differentiate.ts";
import { golden } from "../../testing/goldens.ts";
import { compareShared, type ResnetPass, resnetPass } from "../../testing/resnet_pass.ts";
import { unflatten } from "../../tree/mod.ts";
import { type Resnet, resnetShapes, type ResnetSizes } from "../mod.ts";

/** What the file says of a network. */
type Described = Pick<ResnetSizes, "block" | "layers"> & {
  stem: number;
  width: number;
  stem_kind: string;
  num_classes: number;
};

/** The sizes that a network of the file has. */
function sizesOf({ block, layers, stem, width, stem_kind }: Described): ResnetSizes {
  return {
    block,
    layers,
    planes: [width, 2 * width, 4 * width, 8 * width],
    stemWidth: stem,
    stem: stem_kind.startsWith("3x3") ? "small" : "large",
    inner: 1,
  };
}

golden("methods/resnet/resnet_tiny", "networks train and evaluate officially", (g, run) => {
  for (const [kind, sizes] of Object.entries<Described>(g.json)) {
    const loss = (logits: tf.Tensor2D, coefficients: tf.Tensor) =>
      logits.mul(coefficients).sum<tf.Scalar>();
    const [train, evaluate] = [true, false].map((train) =>
      run((images: tf.Tensor4D, p: Resnet, coefficients: tf.Tensor) =>
        resnetPass(images, p, { train, loss: (logits) => loss(logits, coefficients) })
      )
    ) as [Step, Step];
    const coefficients = g.tensor(`${kind}.loss_coef`);
    let named = g.below(`${kind}.param.`);
    const shapes = resnetShapes(sizesOf(sizes), { classes: sizes.num_classes });
    assertEquals(
      Object.entries(shapes).map(([name, shape]) => `${name} ${shape}`).sort(),
      shapeLines(named),
    );
    const inputs = g.names.filter((name) => name.startsWith(`${kind}.input`));
    assertGreater(inputs.length, 1);
    for (let call = 0; call < inputs.length; call++) {
      const images = g.picture(`${kind}.input${call}_base_u8`);
      const { outputs, loss, grads, input, after } = train(images, unflatten(named), coefficients);
      if (call === 0) {
        compareShared(g, outputs, `${kind}.train.`);
        compareShared(g, grads, `${kind}.train.grad.`);
        g.near(loss.dataSync(), `${kind}.train.loss`);
        const [, , rows] = g.shape(`${kind}.train.grad_input_first2`);
        const first = input.slice([0, 0, 0, 0], [-1, rows!, -1, -1]).transpose([0, 3, 1, 2]);
        g.near(first, `${kind}.train.grad_input_first2`);
      }
      named = { ...named, ...after };
      compareShared(g, named, `${kind}.after${call + 1}.`);
    }
    const at = `${kind}.after${inputs.length}.eval`;
    const images = g.picture(`${kind}.input0_base_u8`);
    const { outputs, grads } = evaluate(images, unflatten(named), coefficients);
    compareShared(g, outputs, `${at}.`);
    compareShared(g, grads, `${at}.grad.`);
  }
}, { compiled: true, backends: ["tensorflow", "cpu"] });

type Step = (images: tf.Tensor4D, p: Resnet, coefficients: tf.Tensor) => ResnetPass;

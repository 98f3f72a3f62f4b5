import type { Located } from "../../checkpoint/mod.ts";

/** A kernel `[height, width, in, out]` as PyTorch lays it out, `[out, in, height, width]`. */
export function channelsFirst({ dtype, shape, read }: Located): Located {
  const [height, width, inputs, outputs] = shape as [number, number, number, number];
  const pixels = height * width;
  return {
    dtype,
    shape: [outputs, inputs, height, width],
    read: () => {
      const values = read();
      const kernels = values.slice();
      let from = 0;
      for (let pixel = 0; pixel < pixels; pixel++) {
        for (let input = 0; input < inputs; input++) {
          for (let output = 0; output < outputs; output++) {
            kernels[(output * inputs + input) * pixels + pixel] = values[from++]!;
          }
        }
      }
      return kernels;
    },
  };
}

/** A tensor of channels alone, `[1, 1, 1, channels]`, as a vector. */
export function asVector({ dtype, shape, read }: Located): Located {
  return { dtype, shape: [shape.reduce((product, n) => product * n, 1)], read };
}

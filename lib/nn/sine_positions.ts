import * as tf from "@tensorflow/tfjs";
import type { Grid } from "./position.ts";

/**
 * Fixed position embeddings `[1, 1 + patches, width]`: zeros for the class token, and for a patch
 * four quarters, sine and cosine of its row and sine and cosine of its column, at rates that fall
 * from 1 toward 1 / 10000.
 *
 * Source: MoCo-v3, `build_2d_sincos_position_embedding` in vits.py (which says w where the rows
 * are, and h for the columns).
 *
 * @throws {RangeError} If the width is not divisible by 4.
 */
export function sinePositions([rows, columns]: Grid, width: number): tf.Tensor3D {
  if (width % 4) {
    throw new RangeError(
      `Cannot make sine positions of width ${width}: the remainder of its division by 4 is ` +
        `${width % 4}`,
    );
  }
  const quarter = width / 4;
  const data = new Float32Array((1 + rows * columns) * width);
  for (let i = 0; i < rows * columns; i++) {
    const place = [Math.floor(i / columns), i % columns];
    for (const [half, position] of place.entries()) {
      for (let k = 0; k < quarter; k++) {
        const angle = Math.fround(position * Math.fround(1 / 10000 ** (k / quarter)));
        const sine = (1 + i) * width + 2 * half * quarter + k;
        data[sine] = Math.sin(angle);
        data[sine + quarter] = Math.cos(angle);
      }
    }
  }
  return tf.tensor3d(data, [1, 1 + rows * columns, width]);
}

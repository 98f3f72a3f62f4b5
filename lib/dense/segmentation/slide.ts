import * as tf from "@tensorflow/tfjs";
import { type SlidingOptions, type Window, windowCounts, windowsOf } from "./sliding_window.ts";

/**
 * The logits of every pixel of images from those of a window that slides over them: where windows
 * overlap, their mean.
 *
 * @param images `[batch, height, width, 3]`.
 * @param logitsOf The logits of every pixel of a window.
 */
export function slide(
  images: tf.Tensor4D,
  logitsOf: (window: tf.Tensor4D) => tf.Tensor4D,
  options: SlidingOptions,
): tf.Tensor4D {
  const [, height, width] = images.shape;
  const windows = windowsOf({ width, height }, options);
  if (windows.length === 1) return logitsOf(images);
  return tf.tidy(() => {
    const counts = tf.tensor4d(
      Float32Array.from(windowCounts({ width, height }, windows)),
      [1, height, width, 1],
    );
    let sum: tf.Tensor4D | null = null;
    for (const window of windows) {
      const next: tf.Tensor4D = tf.tidy(() => {
        const logits = padded(logitsOf(cut(images, window)), window, { width, height });
        return sum ? sum.add(logits) : logits;
      });
      sum?.dispose();
      sum = next;
    }
    return sum!.div<tf.Tensor4D>(counts);
  });
}

function cut(images: tf.Tensor4D, { top, left, bottom, right }: Window): tf.Tensor4D {
  return images.slice([0, top, left, 0], [-1, bottom - top, right - left, -1]);
}

/** The logits of a window where it lies in the image, with zeros around them. */
function padded(
  logits: tf.Tensor4D,
  { top, left, bottom, right }: Window,
  { width, height }: { width: number; height: number },
): tf.Tensor4D {
  return tf.pad(logits, [[0, 0], [top, height - bottom], [left, width - right], [0, 0]]);
}

import type { FloatImage } from "./float_image.ts";

/** Brightness by an addition, in place, as BYOL changes it. */
export function addBrightness({ data }: FloatImage, amount: number): void {
  for (let i = 0; i < data.length; i++) data[i]! += amount;
}

/** Brightness by a factor, in place, as SimCLR changes it. */
export function scaleBrightness({ data }: FloatImage, factor: number): void {
  for (let i = 0; i < data.length; i++) data[i]! *= factor;
}

/**
 * Contrast by a factor, in place: the distance of each channel from its mean. Source: TensorFlow's
 * `tf.image.adjust_contrast`.
 */
export function scaleContrast({ data }: FloatImage, factor: number): void {
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0;
    for (let i = channel; i < data.length; i += 3) sum += data[i]!;
    const mean = sum / (data.length / 3);
    for (let i = channel; i < data.length; i += 3) data[i] = mean + factor * (data[i]! - mean);
  }
}

/**
 * Saturation (of hue, saturation and value) by a factor, in place. Source: TensorFlow's
 * `tf.image.adjust_saturation`.
 */
export function scaleSaturation(image: FloatImage, factor: number): void {
  changeHsv(image, (hsv) => hsv[1] = Math.min(1, Math.max(0, hsv[1] * factor)));
}

/**
 * Hue by a part of the circle, in place. Source: TensorFlow's `tf.image.adjust_hue`.
 */
export function turnHue(image: FloatImage, part: number): void {
  changeHsv(image, (hsv) => hsv[0] += part);
}

/** Gray by the weights of the standard BT.601, in place. */
export function grayFloat({ data }: FloatImage): void {
  for (let i = 0; i < data.length; i += 3) {
    data.fill(0.2989 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!, i, i + 3);
  }
}

/** Inverts values of at least `threshold`, in place. */
export function solarizeFloat({ data }: FloatImage, threshold = 0.5): void {
  for (let i = 0; i < data.length; i++) if (data[i]! >= threshold) data[i] = 1 - data[i]!;
}

/** Hue as a part of the circle, saturation and value. */
type Hsv = [hue: number, saturation: number, value: number];

function changeHsv({ data }: FloatImage, change: (hsv: Hsv) => void): void {
  for (let i = 0; i < data.length; i += 3) {
    const hsv = toHsv(data[i]!, data[i + 1]!, data[i + 2]!);
    change(hsv);
    const [hue, saturation, value] = hsv;
    const sector = 6 * (hue - Math.floor(hue));
    // Each channel is full for a third of the circle, from its own place on.
    for (let channel = 0; channel < 3; channel++) {
      const distance = (sector + [5, 3, 1][channel]!) % 6;
      const missing = Math.max(0, Math.min(distance, 4 - distance, 1));
      data[i + channel] = value * (1 - saturation * missing);
    }
  }
}

function toHsv(red: number, green: number, blue: number): Hsv {
  const value = Math.max(red, green, blue);
  const range = value - Math.min(red, green, blue);
  if (range <= 0) return [0, 0, value];
  const sector = value === red
    ? (green - blue) / range
    : value === green
    ? 2 + (blue - red) / range
    : 4 + (red - green) / range;
  return [sector / 6, value > 0 ? range / value : 0, value];
}

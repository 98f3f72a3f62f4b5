import { dataUri, type Pixels, transparent } from "../pixels.ts";
import { textWidth } from "./text_size.ts";

/**
 * A canvas with what Plotly's heatmaps and pictures need: rectangles of one color, and whole
 * pixels.
 */
export class Canvas {
  /** The color of rectangles: `rgb(...)` or `rgba(...)`. */
  fillStyle = "";
  readonly #pixels: Pixels;

  /** A transparent canvas. */
  constructor(width: number, height: number) {
    this.#pixels = transparent(width, height);
  }

  /** Fills a rectangle; the part beyond the canvas is cut off. */
  fillRect(x: number, y: number, width: number, height: number): void {
    const [r = 0, g = 0, b = 0, a = 1] = this.fillStyle.match(/[\d.]+/g)?.map(Number) ?? [];
    const color = [r, g, b, Math.round(255 * a)];
    const { width: columns, height: rows, data } = this.#pixels;
    const [left, right] = [Math.max(0, x), Math.min(columns, x + width)];
    for (let row = Math.max(0, y); row < Math.min(rows, y + height); row++) {
      for (let column = left; column < right; column++) {
        data.set(color, 4 * (row * columns + column));
      }
    }
  }

  /** New transparent pixels. */
  createImageData(width: number, height: number): Pixels {
    return transparent(width, height);
  }

  /** Copies pixels, which must be as wide as the canvas, to its top. */
  putImageData({ data }: Pixels): void {
    this.#pixels.data.set(data.subarray(0, this.#pixels.data.length));
  }

  /** The approximate width of a text in a font of 12 pixels. */
  measureText(text: string): { width: number } {
    return { width: textWidth(text, 12) };
  }

  /** The drawing as a PNG in a data URI. */
  toDataURL(): string {
    return dataUri(this.#pixels);
  }
}

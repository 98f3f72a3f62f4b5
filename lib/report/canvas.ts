import { dataUri, type Pixels, transparent } from "./pixels.ts";
import { textWidth } from "./text_size.ts";

/** A canvas as far as Plotly's heatmaps and pictures draw on it: rectangles of one colour, and whole pixels. */
export class Canvas {
  /** The colour of rectangles: `rgb(...)` or `rgba(...)`. */
  fillStyle = "";
  readonly #pixels: Pixels;

  /** A transparent canvas. */
  constructor(width: number, height: number) {
    this.#pixels = transparent(width, height);
  }

  /** Fills a rectangle, over what was there. */
  fillRect(x: number, y: number, width: number, height: number): void {
    const [r, g, b, a = 1] = this.fillStyle.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
    const colour = [r, g, b, Math.round(255 * a)];
    const { width: columns, height: rows, data } = this.#pixels;
    const [left, right] = [Math.max(0, x), Math.min(columns, x + width)];
    for (let row = Math.max(0, y); row < Math.min(rows, y + height); row++) {
      for (let column = left; column < right; column++) {
        data.set(colour, 4 * (row * columns + column));
      }
    }
  }

  /** Transparent pixels of their own. */
  createImageData(width: number, height: number): Pixels {
    return transparent(width, height);
  }

  /** Puts pixels as wide as the canvas at its top. */
  putImageData({ data }: Pixels): void {
    this.#pixels.data.set(data.subarray(0, this.#pixels.data.length));
  }

  /** About how wide a text is at 12 pixels. */
  measureText(text: string): { width: number } {
    return { width: textWidth(text, 12) };
  }

  /** What was drawn, as a PNG in a text. */
  toDataURL(): string {
    return dataUri(this.#pixels);
  }
}

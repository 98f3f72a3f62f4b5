import type { Figure } from "../specification.ts";
import { plotly } from "./plotly.ts";

/** A figure as a picture file. */
export type Picture = { bytes: Uint8Array<ArrayBuffer>; width: number; height: number };

/**
 * A figure as SVG, drawn by Plotly without a browser. Its texts stay texts: the viewer needs a
 * font.
 *
 * @throws {Error} If Plotly cannot draw the figure: surfaces and other WebGL traces need a browser.
 */
export async function svg(figure: Figure): Promise<string> {
  const { width, height } = figureSize(figure);
  const { data, layout } = structuredClone(figure); // Plotly modifies its arguments
  const url = await (await plotly()).toImage({ data, layout, config: {} }, {
    format: "svg",
    width,
    height,
  });
  return decodeURIComponent(url.slice(url.indexOf(",") + 1));
}

/**
 * A figure as PNG, drawn without a browser, with its texts in DejaVu Sans regardless of the fonts
 * of the machine.
 *
 * @param options `scale`: pixels of the PNG for each pixel of the figure, for dense screens and
 * print.
 * @returns The file, and the size at which it should be shown.
 */
export async function png(figure: Figure, { scale = 1.5 } = {}): Promise<Picture> {
  const [source, { Resvg, fonts }] = await Promise.all([svg(figure), rasterizer()]);
  const font = { fontBuffers: fonts, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" };
  const image = new Resvg(source, {
    fitTo: { mode: "zoom", value: scale },
    font: { ...font, sansSerifFamily: "DejaVu Sans" },
  });
  return { bytes: await toPalette(image.render().asPng()), ...figureSize(figure) };
}

/** A PNG of at most 256 colors: half the bytes for a chart, a third for photographs. */
async function toPalette(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { default: sharp } = await import("sharp");
  return new Uint8Array(await sharp(bytes).png({ palette: true }).toBuffer());
}

/** The width and height of a figure in pixels; those of Plotly where the layout has none. */
export function figureSize({ layout }: Figure): { width: number; height: number } {
  const { width = 700, height = 450 } = layout as { width?: number; height?: number };
  return { width, height };
}

let ready: ReturnType<typeof load> | undefined;

function rasterizer() {
  return ready ??= load();
}

async function load() {
  const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
  await import("dejavu-fonts-ttf/package.json", { with: { type: "json" } }); // fetches the package
  const read = (name: string) => Deno.readFile(new URL(import.meta.resolve(name)));
  const [wasm, ...fonts] = await Promise.all([
    read("@resvg/resvg-wasm/index_bg.wasm"),
    read("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
    read("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
  ]);
  await initWasm(wasm);
  return { Resvg, fonts };
}

import { plotly } from "./plotly.ts";
import type { Figure } from "./specification.ts";

/** A figure as a picture file. */
export type Picture = { bytes: Uint8Array<ArrayBuffer>; width: number; height: number };

/**
 * A figure as SVG, drawn by Plotly without a browser. Its texts are texts: they need a font where they are looked at.
 *
 * @throws {Error} If Plotly cannot draw it so: surfaces and other WebGL traces need a browser.
 */
export async function svg(figure: Figure): Promise<string> {
  const { width, height } = sizeOf(figure);
  const { data, layout } = structuredClone(figure); // Plotly writes into what it is given
  const url = await (await plotly()).toImage({ data, layout, config: {} }, {
    format: "svg",
    width,
    height,
  });
  return decodeURIComponent(url.slice(url.indexOf(",") + 1));
}

/**
 * A figure as PNG without a browser, its texts in DejaVu Sans whatever fonts the machine has.
 *
 * @param options `scale`: pixels for one of the figure's, finer on dense screens and on paper.
 * @returns The file, and the size at which it is to be shown.
 */
export async function png(figure: Figure, { scale = 1.5 } = {}): Promise<Picture> {
  const [drawn, { Resvg, fonts }] = await Promise.all([svg(figure), rasterizer()]);
  const font = { fontBuffers: fonts, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" };
  const image = new Resvg(drawn, {
    fitTo: { mode: "zoom", value: scale },
    font: { ...font, sansSerifFamily: "DejaVu Sans" },
  });
  return { bytes: await fewColours(image.render().asPng()), ...sizeOf(figure) };
}

/** A PNG of at most 256 colours: half the bytes of a chart, a third of those of photographs. */
async function fewColours(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { default: sharp } = await import("sharp");
  return new Uint8Array(await sharp(bytes).png({ palette: true }).toBuffer());
}

/** The width and height of a figure in pixels; Plotly's own where it names none. */
export function sizeOf({ layout }: Figure): { width: number; height: number } {
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

import { png } from "./picture.ts";
import { type Content, type Figure, inWords, isTable, type Table } from "./specification.ts";
import { htmlTable, markdownTable } from "./table_text.ts";

/** One thing in several forms, by media type: a notebook shows the first that it knows. */
export type Bundle = {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
};

/**
 * The forms of a content. A figure is interactive where Plotly is at hand, else a PNG, else a line of words; a table is
 * HTML without scripts, Markdown, and the same Markdown as plain text.
 *
 * @param options `picture`: whether a figure is drawn as PNG too, which takes 0.1 to 0.5 s.
 */
export async function bundle(content: Content, { picture = true } = {}): Promise<Bundle> {
  if (typeof content === "string") {
    return { data: { "text/markdown": content, "text/plain": content }, metadata: {} };
  }
  return isTable(content) ? ofTable(content) : await ofFigure(content, picture);
}

function ofTable(table: Table): Bundle {
  const markdown = markdownTable(table);
  const data = { "text/html": htmlTable(table), "text/markdown": markdown, "text/plain": markdown };
  return { data, metadata: {} };
}

async function ofFigure(figure: Figure, picture: boolean): Promise<Bundle> {
  const { data, layout } = figure;
  const images = imagesOf(figure);
  const light = images.length > 0 ? { images: await Promise.all(images.map(lighter)) } : {};
  const interactive = { data, layout: { ...layout, ...light }, config: { displaylogo: false } };
  const forms: Bundle = {
    data: { "application/vnd.plotly.v1+json": interactive, "text/plain": inWords(figure) },
    metadata: {},
  };
  if (picture) {
    // JupyterLab's renderer of Plotly shows the PNG, pixel by pixel, until it is pointed at, and draws then.
    const { bytes, width, height } = await png(figure, { scale: 1 });
    forms.data["image/png"] = bytes.toBase64();
    forms.metadata["image/png"] = { width, height };
  }
  return forms;
}

/** A picture within a figure. */
type Inner = Record<string, unknown> & { source: string };

const imagesOf = ({ layout }: Figure) => (layout.images ?? []) as Inner[];

/** A picture as WebP, for the browser alone: an eighth of its PNG. */
async function lighter(image: Inner): Promise<Inner> {
  const png = "data:image/png;base64,";
  if (!image.source.startsWith(png)) return image;
  const { default: sharp } = await import("sharp");
  const bytes = Uint8Array.fromBase64(image.source.slice(png.length));
  const webp = new Uint8Array(await sharp(bytes).webp({ quality: 80 }).toBuffer());
  return { ...image, source: `data:image/webp;base64,${webp.toBase64()}` };
}

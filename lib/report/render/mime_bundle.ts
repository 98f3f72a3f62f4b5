import { type Content, type Figure, inWords, isTable, type Table } from "../specification.ts";
import { png } from "./picture.ts";
import { htmlTable, markdownTable } from "./table_text.ts";

/** One content in several forms, by media type: a notebook shows the richest that it supports. */
export type MimeBundle = {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
};

/**
 * The forms of a content. A figure is interactive where Plotly is available, else a PNG, else a
 * line of text; a table is HTML without scripts, Markdown, and the same Markdown as plain text.
 *
 * @param options `picture`: whether a figure is also drawn as PNG, which takes 0.1 to 0.5 s.
 */
export async function mimeBundle(content: Content, { picture = true } = {}): Promise<MimeBundle> {
  if (typeof content === "string") {
    return { data: { "text/markdown": content, "text/plain": content }, metadata: {} };
  }
  return isTable(content) ? tableBundle(content) : await figureBundle(content, picture);
}

function tableBundle(table: Table): MimeBundle {
  const markdown = markdownTable(table);
  const data = { "text/html": htmlTable(table), "text/markdown": markdown, "text/plain": markdown };
  return { data, metadata: {} };
}

async function figureBundle(figure: Figure, picture: boolean): Promise<MimeBundle> {
  const { data, layout } = figure;
  const images = imagesOf(figure);
  const smaller = images.length > 0 ? { images: await Promise.all(images.map(toWebp)) } : {};
  const interactive = { data, layout: { ...layout, ...smaller }, config: { displaylogo: false } };
  const forms: MimeBundle = {
    data: { "application/vnd.plotly.v1+json": interactive, "text/plain": inWords(figure) },
    metadata: {},
  };
  if (picture) {
    // JupyterLab's renderer of Plotly shows the PNG, pixel by pixel, until the pointer is over it.
    const { bytes, width, height } = await png(figure, { scale: 1 });
    forms.data["image/png"] = bytes.toBase64();
    forms.metadata["image/png"] = { width, height };
  }
  return forms;
}

/** A picture within a figure. */
type LayoutImage = Record<string, unknown> & { source: string };

const imagesOf = ({ layout }: Figure) => (layout.images ?? []) as LayoutImage[];

/** A picture as WebP, for the browser alone: an eighth of the size of its PNG. */
async function toWebp(image: LayoutImage): Promise<LayoutImage> {
  const png = "data:image/png;base64,";
  if (!image.source.startsWith(png)) return image;
  const { default: sharp } = await import("sharp");
  const bytes = Uint8Array.fromBase64(image.source.slice(png.length));
  const webp = new Uint8Array(await sharp(bytes).webp({ quality: 80 }).toBuffer());
  return { ...image, source: `data:image/webp;base64,${webp.toBase64()}` };
}

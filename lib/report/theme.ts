/**
 * The background of a figure. It is opaque: no color of text has a contrast of 4.5 with both a
 * white page and the dark one of JupyterLab.
 */
export const paper = "#ffffff";

/** Text and lines. */
export const ink = "#4a4a4a";

/** Grid lines, fainter than the data. */
export const faint = "rgba(127,127,127,0.28)";

/** Fully transparent: the page shows through. */
export const clear = "rgba(0,0,0,0)";

/**
 * Colors that color-blind readers can tell apart: after Okabe and Ito, with the light ones darkened
 * and without black.
 */
export const palette: readonly string[] = [
  "#0072B2",
  "#C77C00",
  "#009E73",
  "#CC79A7",
  "#D55E00",
  "#7E57C2",
  "#2F8FA8",
  "#8D6E63",
  "#5F8F29",
  "#7A7A7A",
];

/** Black or white, whichever has the higher contrast with a color `#rrggbb` beneath it. */
export function textOn(color: string): string {
  return contrastRatio(color, "#000000") > contrastRatio(color, "#ffffff") ? "#000000" : "#ffffff";
}

/** The contrast of two colors `#rrggbb`, from 1 to 21. Source: WCAG 2.2. */
export function contrastRatio(a: string, b: string): number {
  const luminances = [luminance(a), luminance(b)];
  return (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05);
}

/** The relative luminance of a color `#rrggbb`. Source: WCAG 2.2. */
function luminance(color: string): number {
  const linear = (start: number) => {
    const v = parseInt(color.slice(start, start + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
}

/** The colors of right and wrong, always accompanied by a shape or a word. */
export const [right, wrong] = ["#009E73", "#D55E00"];

/** The shapes of markers, for more classes than there are colors. */
export const markerSymbols: readonly string[] = [
  "circle",
  "square",
  "diamond",
  "cross",
  "x",
  "triangle-up",
  "pentagon",
  "star",
];

/** The layout of a figure: what all have in common, and what is particular to this one. */
export function layout(
  title: string,
  { width = 760, height = 400, ...rest }: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    title: {
      text: title,
      x: 0,
      xref: "container",
      xanchor: "left",
      yref: "container",
      y: 1,
      yanchor: "top",
      pad: { l: 12, t: 14 },
      font: { size: 16 },
    },
    width,
    height,
    margin: { l: 64, r: 16, t: 56, b: 52 },
    font: { family: '"DejaVu Sans", Verdana, Arial, sans-serif', size: 12.5, color: ink },
    colorway: palette,
    paper_bgcolor: paper,
    plot_bgcolor: paper,
    modebar: { bgcolor: clear, color: ink, activecolor: palette[0] },
    hoverlabel: { font: { family: "sans-serif" } },
    ...rest,
  };
}

/** An axis with a title that names the unit. */
export function axis(title: string, rest: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: { text: title, standoff: 8 },
    gridcolor: faint,
    linecolor: ink,
    tickcolor: ink,
    ticks: "outside",
    ticklen: 4,
    showline: true,
    zeroline: false,
    automargin: false,
    ...rest,
  };
}

/** A heading above the panel of a pair of axes. */
export function heading(text: string, axes: string): Record<string, unknown> {
  return {
    text: `<b>${text}</b>`,
    xref: `x${axes} domain`,
    yref: `y${axes} domain`,
    x: 0,
    y: 1.02,
    xanchor: "left",
    xshift: -4,
    yanchor: "bottom",
    showarrow: false,
  };
}

/** Thin bars above and below points, as long as these errors; `width`: of their ends in pixels. */
export function errorBars(errors: readonly number[], { width = 3 } = {}): Record<string, unknown> {
  return { type: "data", array: errors.map((error) => +error.toFixed(2)), thickness: 1.2, width };
}

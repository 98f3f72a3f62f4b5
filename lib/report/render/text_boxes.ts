import { textWidth } from "./text_size.ts";

/** The part of an SVG element that is used here. */
export type SvgNode = {
  tagName: string;
  textContent: string | null;
  parentElement: SvgNode | null;
  style?: { getPropertyValue(name: string): string };
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<SvgNode>;
};

/** A rectangle in pixels, with the names of both SVG and HTML boxes. */
export type Box = Record<
  "x" | "y" | "width" | "height" | "left" | "top" | "right" | "bottom",
  number
>;

/** A linear map and a shift: x' = ax + cy + e, y' = bx + dy + f. */
type Transform = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const identity: Transform = [1, 0, 0, 1, 0, 0];

/**
 * The box around the texts of an element, which is all that Plotly's layout needs.
 *
 * @param options `onPage`: whether the place is that on the page, with the transforms of the
 * element and of those around it; otherwise only the transforms inside the element count.
 */
export function textBox(element: SvgNode, { onPage }: { onPage: boolean }): Box {
  const inner = [...element.querySelectorAll("text")];
  const isText = /^(text|tspan)$/.test(element.tagName);
  const texts = isText || inner.length === 0 ? [element] : inner;
  const corners = texts.flatMap((text) => {
    const place = transformTo(text, onPage ? null : element);
    return cornersOf(text).map(([x, y]) => apply(place, x, y));
  });
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [right, bottom] = [Math.max(...xs), Math.max(...ys)];
  return { x: left, y: top, width: right - left, height: bottom - top, left, top, right, bottom };
}

/** The corners of a text before any transform: its lines one below the other, from its anchor. */
function cornersOf(text: SvgNode): [number, number][] {
  const size = parseFloat(styleOf(text, "font-size")) || 12;
  const spans = [...text.querySelectorAll("tspan.line")];
  const lines = (spans.length > 0 ? spans : [text]).map(({ textContent }) => textContent ?? "");
  const width = Math.max(...lines.map((line) => textWidth(line, size)));
  const coordinate = (name: string) => parseFloat(text.getAttribute(name) ?? "") || 0;
  const [x, y] = [coordinate("x"), coordinate("y")];
  const anchor = styleOf(text, "text-anchor");
  const left = x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
  const top = width === 0 ? y : y - 0.93 * size;
  const bottom = width === 0 ? y : top + size * (1.17 + 1.3 * (lines.length - 1));
  return [[left, top], [left + width, top], [left, bottom], [left + width, bottom]];
}

/**
 * All transforms from an element up to an outer one, that of the latter excluded, or to the page.
 */
function transformTo(element: SvgNode, outer: SvgNode | null): Transform {
  let product = identity;
  for (let node: SvgNode | null = element; node && node !== outer; node = node.parentElement) {
    product = multiply(parseTransform(node.getAttribute("transform") ?? ""), product);
  }
  return product;
}

/** The transform that an attribute describes: a sequence of shifts, rotations and scalings. */
function parseTransform(text: string): Transform {
  let product = identity;
  for (const [, name, list = ""] of text.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [p = 0, q, r] = list.split(/[\s,]+/).map(Number);
    if (name === "translate") product = multiply(product, [1, 0, 0, 1, p, q ?? 0]);
    if (name === "scale") product = multiply(product, [p, 0, 0, q ?? p, 0, 0]);
    if (name === "rotate") {
      const [cos, sin] = [Math.cos(p * Math.PI / 180), Math.sin(p * Math.PI / 180)];
      const [x, y] = [q ?? 0, r ?? 0];
      product = multiply(product, [
        cos,
        sin,
        -sin,
        cos,
        x - x * cos + y * sin,
        y - x * sin - y * cos,
      ]);
    }
  }
  return product;
}

/** First `q`, then `p`. */
function multiply(p: Transform, q: Transform): Transform {
  const [a, b, c, d] = p;
  const [e, f] = apply(p, q[4], q[5]);
  return [a * q[0] + c * q[1], b * q[0] + d * q[1], a * q[2] + c * q[3], b * q[2] + d * q[3], e, f];
}

function apply([a, b, c, d, e, f]: Transform, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** A style of an element, its own or inherited. */
function styleOf(element: SvgNode, name: string): string {
  for (let node: SvgNode | null = element; node; node = node.parentElement) {
    const value = node.style?.getPropertyValue(name) || node.getAttribute(name);
    if (value) return value;
  }
  return "";
}

import { textWidth } from "./text_size.ts";

/** What is asked of an SVG element. */
export type Drawn = {
  tagName: string;
  textContent: string | null;
  parentElement: Drawn | null;
  style?: { getPropertyValue(name: string): string };
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Drawn>;
};

/** A rectangle in pixels, under the names of SVG's boxes and of HTML's. */
export type Box = Record<
  "x" | "y" | "width" | "height" | "left" | "top" | "right" | "bottom",
  number
>;

/** A linear map and a shift: x' = ax + cy + e, y' = bx + dy + f. */
type Transform = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const identity: Transform = [1, 0, 0, 1, 0, 0];

/**
 * The box around the texts of an element, which is all that a layout asks for.
 *
 * @param options `own`: whether the element's own transform and those around it count, as on the page; else those below it do.
 */
export function textBox(element: Drawn, { own }: { own: boolean }): Box {
  const inner = [...element.querySelectorAll("text")];
  const isText = /^(text|tspan)$/.test(element.tagName);
  const texts = isText || inner.length === 0 ? [element] : inner;
  const corners = texts.flatMap((text) => {
    const place = transformTo(text, own ? null : element);
    return cornersOf(text).map(([x, y]) => apply(place, x, y));
  });
  const [xs, ys] = [0, 1].map((i) => corners.map((corner) => corner[i]));
  const [left, top, right, bottom] = [
    Math.min(...xs),
    Math.min(...ys),
    Math.max(...xs),
    Math.max(...ys),
  ];
  return { x: left, y: top, width: right - left, height: bottom - top, left, top, right, bottom };
}

/** The corners of a text where it stands before any transform: its lines one below the other, from its anchor. */
function cornersOf(text: Drawn): [number, number][] {
  const size = parseFloat(styleOf(text, "font-size")) || 12;
  const spans = [...text.querySelectorAll("tspan.line")];
  const lines = (spans.length > 0 ? spans : [text]).map(({ textContent }) => textContent ?? "");
  const width = Math.max(...lines.map((line) => textWidth(line, size)));
  const [x, y] = ["x", "y"].map((name) => parseFloat(text.getAttribute(name) ?? "") || 0);
  const anchor = styleOf(text, "text-anchor");
  const left = x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
  const top = width === 0 ? y : y - 0.93 * size;
  const bottom = width === 0 ? y : top + size * (1.17 + 1.3 * (lines.length - 1));
  return [[left, top], [left + width, top], [left, bottom], [left + width, bottom]];
}

/** All transforms from an element's inside up to another, that one's own left out, or up to the page. */
function transformTo(element: Drawn, outer: Drawn | null): Transform {
  let all = identity;
  for (let at: Drawn | null = element; at && at !== outer; at = at.parentElement) {
    all = multiply(parse(at.getAttribute("transform") ?? ""), all);
  }
  return all;
}

/** The transform that an attribute describes: shifts, turns and scales, one after the other. */
function parse(text: string): Transform {
  let all = identity;
  for (const [, name, list] of text.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [p = 0, q, r] = list.split(/[\s,]+/).map(Number);
    if (name === "translate") all = multiply(all, [1, 0, 0, 1, p, q ?? 0]);
    if (name === "scale") all = multiply(all, [p, 0, 0, q ?? p, 0, 0]);
    if (name === "rotate") {
      const [cos, sin] = [Math.cos(p * Math.PI / 180), Math.sin(p * Math.PI / 180)];
      const [x, y] = [q ?? 0, r ?? 0];
      all = multiply(all, [cos, sin, -sin, cos, x - x * cos + y * sin, y - x * sin - y * cos]);
    }
  }
  return all;
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
function styleOf(element: Drawn, name: string): string {
  for (let at: Drawn | null = element; at; at = at.parentElement) {
    const own = at.style?.getPropertyValue(name) || at.getAttribute(name);
    if (own) return own;
  }
  return "";
}

import type { Figure } from "./specification.ts";
import { textWidth } from "./text_size.ts";

/** What is used of Plotly. */
type Plotly = {
  toImage(
    figure: Figure & { config: Record<string, unknown> },
    options: { format: "svg"; width: number; height: number },
  ): Promise<string>;
};

let loaded: Promise<Plotly> | undefined;

/** Plotly in a window without a screen: 1.5 s the first time, then at once. */
export function plotly(): Promise<Plotly> {
  return loaded ??= load();
}

/** Globals of a browser that Plotly asks for and Deno has not, or has otherwise. */
const globals = ["DOMParser", "XMLSerializer", "Node", "Element", "HTMLElement", "SVGElement"]
  .concat(["Image", "MouseEvent", "Blob", "URL", "document", "navigator"]);

async function load(): Promise<Plotly> {
  const { Window } = await import("happy-dom");
  const { default: source } = await import("plotly.js-dist-min/plotly.min.js", {
    with: { type: "text" },
  });
  // deno-lint-ignore no-explicit-any -- classes are replaced by stand-ins
  const window = new Window({ url: "http://localhost/" }) as any;
  standIn(window);
  const scope: Record<string, unknown> = {
    window,
    self: window,
    getComputedStyle: window.getComputedStyle.bind(window),
    requestAnimationFrame: window.requestAnimationFrame.bind(window),
    ...Object.fromEntries(globals.map((name) => [name, window[name]])),
  };
  const script = new Function(...Object.keys(scope), `${source}\nreturn window.Plotly;`);
  return script.apply(window, Object.values(scope));
}

/** happy-dom lays nothing out: texts get about the size they would have, and a canvas only measures. */
// deno-lint-ignore no-explicit-any
function standIn(window: any): void {
  const { SVGElement, Element, HTMLCanvasElement, URL } = window;
  URL.createObjectURL = () => "blob:none";
  SVGElement.prototype.getBBox = function () {
    return box(this);
  };
  SVGElement.prototype.getComputedTextLength = function () {
    return box(this).width;
  };
  Element.prototype.getBoundingClientRect = function () {
    return box(this);
  };
  HTMLCanvasElement.prototype.getContext = () => ({
    measureText: (text: string) => ({ width: textWidth(text, 12) }),
    getImageData: () => ({ data: new Uint8ClampedArray(4) }),
    putImageData() {},
    fillRect() {},
    clearRect() {},
  });
}

/** What is asked of an element. */
type Drawn = {
  tagName: string;
  textContent: string | null;
  parentElement: Drawn | null;
  style?: { getPropertyValue(name: string): string };
  getAttribute(name: string): string | null;
  querySelector(selector: string): Drawn | null;
  querySelectorAll(selector: string): Iterable<Drawn>;
};

type Box = { x: number; y: number; width: number; height: number } & Record<string, number>;

/** The box of an element's text: its lines below each other, anchored as the text is. */
function box(element: Drawn): Box {
  const size = fontSize(element);
  const lines = [...element.querySelectorAll("tspan.line")];
  const texts = lines.length > 0 ? lines : [element];
  const widths = texts.map(({ textContent }) => textWidth(textContent ?? "", size));
  const width = Math.max(...widths);
  const height = width > 0 ? texts.length * size * 1.3 : 0;
  const anchor = style(element, "text-anchor");
  const x = anchor === "middle" ? -width / 2 : anchor === "end" ? -width : 0;
  const y = -size;
  return { x, y, width, height, left: x, top: y, right: x + width, bottom: y + height };
}

/** The size of an element's font in pixels, its own or inherited. */
function fontSize(element: Drawn): number {
  const inner = element.tagName === "g" ? element.querySelector("text") : null;
  return parseFloat(style(inner ?? element, "font-size")) || 12;
}

function style(element: Drawn | null, name: string): string {
  for (let at: Drawn | null = element; at; at = at.parentElement) {
    const own = at.style?.getPropertyValue(name) || at.getAttribute(name);
    if (own) return own;
  }
  return "";
}

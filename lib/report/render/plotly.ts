import type { Figure } from "../specification.ts";
import { Canvas } from "./canvas.ts";
import { textBox } from "./text_boxes.ts";

/** The part of Plotly that is used here. */
type Plotly = {
  toImage(
    figure: Figure & { config: Record<string, unknown> },
    options: { format: "svg"; width: number; height: number },
  ): Promise<string>;
};

let loaded: Promise<Plotly> | undefined;

/** Plotly in a window without a screen; loading takes 1.5 s the first time. */
export function plotly(): Promise<Plotly> {
  return loaded ??= load();
}

/** Globals of a browser that Plotly needs and that Deno lacks or defines differently. */
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

/**
 * happy-dom has no layout: here texts get approximately their real sizes, and canvases keep what
 * Plotly draws on them.
 */
// deno-lint-ignore no-explicit-any
function standIn(window: any): void {
  const { SVGElement, Element, HTMLCanvasElement, URL } = window;
  URL.createObjectURL = () => "blob:none";
  SVGElement.prototype.getBBox = function () {
    return textBox(this, { onPage: false });
  };
  SVGElement.prototype.getComputedTextLength = function () {
    return textBox(this, { onPage: false }).width;
  };
  Element.prototype.getBoundingClientRect = function () {
    return textBox(this, { onPage: true });
  };
  HTMLCanvasElement.prototype.getContext = function () {
    return this.drawing ??= new Canvas(this.width, this.height);
  };
  HTMLCanvasElement.prototype.toDataURL = function () {
    return this.drawing.toDataURL();
  };
}

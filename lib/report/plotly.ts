import { Canvas } from "./canvas.ts";
import type { Figure } from "./specification.ts";
import { textBox } from "./text_boxes.ts";

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

/** happy-dom lays nothing out: texts get about the size they would have, and a canvas takes what Plotly draws on it. */
// deno-lint-ignore no-explicit-any
function standIn(window: any): void {
  const { SVGElement, Element, HTMLCanvasElement, URL } = window;
  URL.createObjectURL = () => "blob:none";
  SVGElement.prototype.getBBox = function () {
    return textBox(this, { own: false });
  };
  SVGElement.prototype.getComputedTextLength = function () {
    return textBox(this, { own: false }).width;
  };
  Element.prototype.getBoundingClientRect = function () {
    return textBox(this, { own: true });
  };
  HTMLCanvasElement.prototype.getContext = function () {
    return this.drawing ??= new Canvas(this.width, this.height);
  };
  HTMLCanvasElement.prototype.toDataURL = function () {
    return this.drawing.toDataURL();
  };
}

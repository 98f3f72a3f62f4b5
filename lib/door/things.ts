import { classifierFields, recipes, requestFields } from "../configs/mod.ts";
import { choice, field, integer, type Kind, kind, listOf, number, plain, thing } from "./kind.ts";

// What functions of several rooms take, in words that say where to get it.

export const text: Kind = plain("text", "a text");
export const flag: Kind = plain("switch", "true or false");
export const callback: Kind = plain("function", "a function");
export const signal: Kind = kind(
  "the signal of an AbortController",
  (value) => value instanceof AbortSignal,
);
export const file: Kind = field({ kind: "text", about: "the path of a file" });
export const folder: Kind = field({ kind: "text", about: "the path of a folder" });
export const precision: Kind = field(requestFields.precision);
export const backend: Kind = field(requestFields.backend);
export const evalCrop: Kind = choice("center", "whole");
export const names: Kind = listOf(text, "a list of names");
export const numbers: Kind = listOf(plain("number", "a number"), "a list of numbers");

export const labels: Kind = thing("the labels as a tensor", { shape: "list", dtype: "text" });
export const random: Kind = thing("a generator of random numbers, such as `new Random(seed)`", {
  uniform: "function",
});
export const image: Kind = thing("an image, such as `decode` reads", {
  width: "number",
  height: "number",
  data: "list",
});
export const mask: Kind = thing("a map of labels, such as the `mask` of a frame reads", {
  width: "number",
  height: "number",
  data: "list",
});
export const dataset: Kind = thing("a data set, such as `openDataset` or `granules` makes", {
  name: "text",
  train: "list",
  test: "list",
  classes: "object",
});
export const samples: Kind = listOf(
  thing("an image", { id: "text", read: "function" }),
  "a list of images, such as the `train` or `test` of a data set",
);
export const encoder: Kind = thing("an encoder, such as `loadEncoder` opens", {
  embed: "function",
});
export const features: Kind = thing("features, such as `extract` makes", {
  x: "object",
  labels: "object",
  classes: "object",
});
export const labeledFeatures: Kind = thing("features with labels, such as `atLevel` makes", {
  x: "object",
  labels: "object",
  classes: "number",
});
export const config: Kind = thing("a configuration, such as `tiny` or a run's `config`", {
  method: "text",
});
export const run: Kind = thing("a run, such as `plan` or `train` returns", { path: "text" });

export const processes: Kind = thing("the processes that share the work", {
  count: "number",
  index: "number",
});
export const cluster: Kind = thing("processes by their addresses, and the number of this one", {
  workers: "list",
  index: "number",
});

/** How images come from their files. */
export const loading = {
  workers: integer(0),
  maxBad: number(0, 1),
  decodedFolder: folder,
  reducedDecoding: flag,
  augmentOn: choice("host", "device"),
  tell: callback,
} as const;

/** The names of all fields of configurations, of which parts serve as options. */
export const configNames: readonly string[] = [
  ...new Set([...Object.values(recipes), { fields: classifierFields }].flatMap(({ fields }) => [
    ...Object.keys(fields),
  ])),
  "method",
  "preset",
];

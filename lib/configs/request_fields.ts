import type { Field } from "./field.ts";

/**
 * What the options of jobs take that are no fields of a configuration: the command line and the
 * library read and refuse by the same bounds.
 */
export const requestFields = {
  minutes: { kind: "number", min: 0.05, max: 100000, about: "Length of the training" },
  k: { kind: "integer", min: 1, max: 100000, about: "Neighbors that vote" },
  temperature: {
    kind: "number",
    min: 0.012,
    max: 100,
    about: "Temperature of the neighbors' votes",
  },
  lambda: {
    kind: "list",
    min: 1e-9,
    max: 1e9,
    about: "Weights of the penalty times the number of images, each of which is scored",
  },
  seed: { kind: "integer", min: 0, max: 2 ** 31 - 1, about: "Seed of all random numbers" },
  seeds: { kind: "integer", min: 1, max: 100, about: "Runs of consecutive seeds" },
  backend: {
    kind: "choice",
    choices: ["tensorflow", "wasm", "cpu"],
    about: "What computes; wasm and cpu need no library and are slower",
  },
  maxBad: {
    kind: "number",
    min: 0,
    max: 1,
    about: "Share of the images that may be unreadable in training",
  },
  workers: {
    kind: "integer",
    min: 0,
    max: 1024,
    about: "Threads that read and augment images; 0: the one that trains",
  },
  processes: {
    kind: "integer",
    min: 1,
    max: 1024,
    about: "Processes on this machine that share every batch",
  },
  exchangePrecision: {
    kind: "choice",
    choices: ["float32", "bfloat16"],
    about: "How gradients travel between processes; bfloat16 is half the bytes, rounded",
  },
  restarts: {
    kind: "integer",
    min: 0,
    max: 10000,
    about: "Times that --processes begin again from the last checkpoint after one was lost",
  },
  reducedDecoding: {
    kind: "switch",
    about: "Decode large JPEG files at 1/2, 1/4 or 1/8 where crops allow it, which changes pixels",
  },
  augmentOn: {
    kind: "choice",
    choices: ["host", "device"],
    about: "What changes the colors of views and blurs them; on a device few bytes differ by 1",
  },
  precision: {
    kind: "choice",
    choices: ["float32", "tf32", "bfloat16"],
    about: "Precision of matrix products",
  },
  saveEvery: {
    kind: "number",
    min: 0,
    max: 1e6,
    about: "Seconds between checkpoints, the first within 20; 0 saves every step",
  },
  keep: { kind: "integer", min: 1, max: 10000, about: "Newest checkpoints to keep" },
  maxRollbacks: {
    kind: "integer",
    min: 0,
    max: 1000,
    about: "Times that a diverging training goes back to its checkpoint",
  },
  accumulate: {
    kind: "integer",
    min: 1,
    max: 65536,
    about: "Parts of a batch that are computed one after the other",
  },
  chunk: {
    kind: "integer",
    min: 1,
    max: 34,
    orNone: true,
    about: "Views of the student that are computed at a time",
  },
  recompute: { kind: "switch", about: "Compute the insides of blocks anew for the gradient" },
  heads: { kind: "integer", min: 1, max: 64, about: "Attention heads" },
  partial: {
    kind: "switch",
    about: "Take weights that lack tensors without a part in the features, or have others",
  },
  evalCrop: { kind: "choice", choices: ["center", "whole"], about: "What is seen of an image" },
  evalSize: {
    kind: "integer",
    min: 8,
    max: 2048,
    orNone: true,
    about: "Pixels of the square that is seen; none: the image size",
  },
  exif: { kind: "switch", about: "Turn images as their EXIF orientation says" },
} as const satisfies Readonly<Record<string, Field>>;

/**
 * TensorFlow.js's WASM backend with faster matrix products: what carries the program where TensorFlow cannot be loaded.
 *
 * @module
 */
export { start } from "./start.ts";

/**
 * TensorFlow.js's WASM backend with faster matrix products: what the program runs on where
 * TensorFlow cannot be loaded.
 *
 * @module
 */
export { startWasm } from "./start.ts";

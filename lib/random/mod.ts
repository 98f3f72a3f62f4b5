/**
 * Seeded random numbers whose state is plain data.
 *
 * @module
 */
export { Random, type RandomState } from "./random.ts";

/**
 * Deno's standard assertions, from their npm distribution, which has no types: those are in
 * `assert.d.ts`.
 *
 * @module
 */
// @ts-types="./assert.d.ts"
export * from "npm:deno-std@1.4.0/assert/mod.js";

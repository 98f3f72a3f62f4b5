export { tidy } from "../compile/mod.ts";

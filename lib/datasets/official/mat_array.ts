/** The value of a variable in a MATLAB file; arrays of several axes are flat, the first axis first. */
export type MatArray =
  | { kind: "numbers"; values: number[] }
  | { kind: "text"; text: string }
  | { kind: "cells"; values: MatArray[] }
  | { kind: "structs"; values: Record<string, MatArray>[] };

/** The numbers of an array; `null` if it is none of numbers. */
export function numbersOf(array: MatArray | undefined): number[] | null {
  return array?.kind === "numbers" ? array.values : null;
}

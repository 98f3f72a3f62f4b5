/** The names and shapes of tensors, in the order in which they are drawn and stored. */
export type Shapes = Record<string, number[]>;

/** Shapes whose names are continued from a path: `below("head", { weight })` is `head.weight`. */
export function below(path: string, shapes: Shapes): Shapes {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [`${path}.${name}`, shape]),
  );
}

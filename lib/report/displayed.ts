import type { Figure, Table } from "./specification.ts";

/**
 * Lets a notebook show a figure or a table that is the value of a cell. The content stays plain
 * data: the function that Deno's kernel calls is not enumerable, and a copy is without it.
 */
export function displayed<T extends Figure | Table>(content: T): T {
  return Object.defineProperty(content, Symbol.for("Jupyter.display"), {
    value: async () => {
      const { mimeBundle } = await import("./render/mime_bundle.ts");
      return (await mimeBundle(content)).data;
    },
  });
}

/** An output of a cell, as nbformat 4 has it. */
export type Output = {
  output_type: string;
  data?: Record<string, unknown>;
  text?: string | string[];
  ename?: string;
  evalue?: string;
};

/** A cell; `metadata.small` may hold the lines that replace its own in a short run. */
export type Cell = {
  cell_type: "code" | "markdown" | "raw";
  id?: string;
  metadata: { small?: string[] } & Record<string, unknown>;
  source: string | string[];
  outputs?: Output[];
  execution_count?: number | null;
};

/** A notebook, as nbformat 4 has it. */
export type Notebook = {
  cells: Cell[];
  metadata: { kernelspec?: { name: string } } & Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
};

/**
 * Reads a notebook.
 *
 * @throws {SyntaxError} If the file is not a notebook of format 4.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  const text = await Deno.readTextFile(path);
  try {
    const notebook = JSON.parse(text);
    if (notebook.nbformat === 4 && Array.isArray(notebook.cells)) return notebook;
  } catch {
    // Reported below.
  }
  throw new SyntaxError(`Cannot read ${path}: it is not a notebook of format 4`);
}

/** The source of a cell. */
export function cellSource({ source }: Pick<Cell, "source">): string {
  return typeof source === "string" ? source : source.join("");
}

/** The code of all cells as one module, each cell beneath a comment with its number. */
export function toModule({ cells }: Notebook): string {
  const sources = cells.flatMap((cell, i) =>
    cell.cell_type === "code" ? [`// cell ${i + 1}\n${cellSource(cell)}\n`] : []
  );
  return `${sources.join("\n")}\nexport {};\n`;
}

/** The notebook on its small budget: cells that hold a short form are replaced by it. */
export function small(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) =>
    cell.metadata.small ? { ...cell, source: cell.metadata.small.join("\n") } : cell
  );
  return { ...notebook, cells };
}

/** The part of a notebook's kernel that is used here. */
export type Jupyter = {
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
};

/** The kernel that runs this program, or `null` outside a notebook. */
export function jupyter(): Jupyter | null {
  try {
    const { jupyter } = Deno as unknown as { jupyter?: Jupyter };
    return typeof jupyter?.broadcast === "function" ? jupyter : null;
  } catch {
    return null; // Deno throws outside a notebook
  }
}

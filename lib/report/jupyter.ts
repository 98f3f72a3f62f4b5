/** What is used of a notebook's kernel. */
export type Jupyter = {
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
};

/** The kernel that runs this program, or `null` outside a notebook. */
export function jupyter(): Jupyter | null {
  try {
    const found = (Deno as unknown as { jupyter?: Jupyter }).jupyter;
    return typeof found?.broadcast === "function" ? found : null;
  } catch {
    return null; // Deno throws where there is no notebook
  }
}

import type { Content } from "../specification.ts";
import { type Jupyter, jupyter } from "./jupyter.ts";
import { mimeBundle } from "./mime_bundle.ts";

/**
 * Shows a figure, a table or a text (Markdown) in the notebook; a program prints it as text.
 *
 * @example
 * ```ts ignore
 * await show(lossCurves(metrics));
 * ```
 */
export async function show(content: Content): Promise<void> {
  await new Display().show(content);
}

/** A place in the output of a notebook whose content can be replaced. */
export class Display {
  readonly #kernel: Jupyter | null;
  readonly #id = crypto.randomUUID();
  #shown = false;
  #printed = "";

  /**
   * A place that appears with its first content.
   *
   * @param kernel By default that of the notebook that runs this program; `null` prints.
   */
  constructor(kernel: Jupyter | null = jupyter()) {
    this.#kernel = kernel;
  }

  /** Shows a content in place of the previous one. */
  async show(content: Content): Promise<void> {
    if (!this.#kernel) {
      const { data } = await mimeBundle(content, { picture: false });
      const text = data["text/plain"] as string;
      if (text !== this.#printed) console.log(text);
      this.#printed = text;
      return;
    }
    const forms = await mimeBundle(content);
    const type = this.#shown ? "update_display_data" : "display_data";
    this.#shown = true;
    await this.#kernel.broadcast(type, { ...forms, transient: { display_id: this.#id } });
    // Otherwise the kernel may report the end of the cell before its output, which is then lost;
    // 0 ms do not suffice on a busy machine.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

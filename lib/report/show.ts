import { bundle } from "./bundle.ts";
import { type Jupyter, jupyter } from "./jupyter.ts";
import type { Content } from "./specification.ts";

/**
 * Shows a figure, a table or a text (Markdown) in the notebook; in a program it prints it in words.
 *
 * @example
 * ```ts ignore
 * await show(lossCurves(metrics));
 * ```
 */
export async function show(content: Content): Promise<void> {
  await new Display().show(content);
}

/** A place in a notebook's output whose content can be changed after it was shown. */
export class Display {
  readonly #kernel: Jupyter | null;
  readonly #id = crypto.randomUUID();
  #shown = false;
  #printed = "";

  /**
   * A place that is taken by the first content.
   *
   * @param kernel By default the notebook's that runs this program; `null` prints.
   */
  constructor(kernel: Jupyter | null = jupyter()) {
    this.#kernel = kernel;
  }

  /**
   * Shows a content in place of the one before.
   */
  async show(content: Content): Promise<void> {
    if (!this.#kernel) {
      const { data } = await bundle(content, { picture: false });
      const words = data["text/plain"] as string;
      if (words !== this.#printed) console.log(words);
      this.#printed = words;
      return;
    }
    const forms = await bundle(content);
    const type = this.#shown ? "update_display_data" : "display_data";
    this.#shown = true;
    await this.#kernel.broadcast(type, { ...forms, transient: { display_id: this.#id } });
    // The kernel may otherwise report the cell's end before its output, which is then lost; 0 ms do not suffice on a busy machine.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

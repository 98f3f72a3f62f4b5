import { escapeControls, isDeepGray } from "../images/mod.ts";
import type { ImageEntry } from "./to_dataset.ts";

/**
 * A sentence on gray of sixteen bits, if the first image has it, as all do then: most of its pixels
 * are white once it is decoded.
 */
export async function deepGray([first]: readonly ImageEntry[]): Promise<string[]> {
  const head = await first?.head?.().catch(() => null);
  if (!first || !head || !isDeepGray(head)) return [];
  return [
    `${
      escapeControls(first.id)
    } is gray of sixteen bits, of which all above 255 becomes white, as ` +
    "with Pillow; write such images in eight bits to keep what they show",
  ];
}

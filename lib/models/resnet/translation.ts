import type { Located } from "../../checkpoint/mod.ts";
import { haiku } from "./haiku_names.ts";
import { keras } from "./keras_names.ts";
import type { ResnetTraits } from "./sizes.ts";

/** How the residual networks of another framework become torchvision's. */
export type Translation = {
  /** What they compute otherwise than torchvision's. */
  traits: ResnetTraits;
  /** The name of a tensor that every network of this kind has. */
  mark: RegExp;
  /**
   * A tensor of a network with its name and layout here; `null` for one that only training needs,
   * `undefined` for one of something else.
   */
  translate(path: string, tensor: Located): [path: string, tensor: Located] | null | undefined;
};

const translations: readonly Translation[] = [haiku, keras];

/**
 * The tensors of a file, those of residual networks of other frameworks under torchvision's names
 * and in PyTorch's layout, and what such a network computes otherwise.
 */
export function translateResnets(
  tensors: Record<string, Located>,
): { tensors: Record<string, Located>; traits: ResnetTraits } {
  const entries = Object.entries(tensors);
  const translation = translations.find(({ mark }) => entries.some(([path]) => mark.test(path)));
  if (!translation) return { tensors, traits: {} };
  const translated = entries.flatMap(([path, tensor]) => {
    const entry = translation.translate(path, tensor);
    return entry === null ? [] : [entry ?? [path, tensor] as const];
  });
  return { tensors: Object.fromEntries(translated), traits: translation.traits };
}

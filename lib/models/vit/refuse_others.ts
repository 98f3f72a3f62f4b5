import { type Located, quoteNames } from "../../checkpoint/mod.ts";

/** What some vision transformers do that is not computed here, by the names of their tensors. */
const kinds: readonly (readonly [names: RegExp, what: string])[] = [
  [/\.attn\.(q|k|query|key)_(norm|ln|layernorm)\b/, "it normalizes queries and keys"],
  [/^(norm_pre|pre_norm|ln_pre)\./, "it normalizes tokens before the first block"],
  [/(^|\.)rope\w*(\.|$)/, "its positions are rotary"],
  [/\brel(ative)?_pos/, "its positions are relative"],
  [/^dist_token$/, "it has a distillation token"],
  [
    /\.mlp\.(w\d+|fc1_[gx]|weights_(in|out)|(gate|up|down)_proj)\./,
    "its perceptrons are gated (SwiGLU)",
  ],
  [/\.ls[12]\.gamma$/, "some of its blocks have LayerScale (ls1, ls2) and others lack it"],
  [/^patch_embed\.(?!proj\.)/, "it embeds patches in several layers"],
];

/**
 * Refuses a vision transformer that computes what is not computed here: without it its features
 * would be those of another network.
 *
 * @param name What to call the file.
 * @throws {TypeError} If it is one, in a sentence that says what it does.
 */
export function refuseOthers(tensors: Record<string, Located>, name: string): void {
  const paths = Object.keys(tensors);
  for (const [names, what] of kinds) {
    const matches = paths.filter((path) => names.test(path));
    if (matches.length) refuse(name, `${quoteNames(matches)}: ${what}`);
  }
  if (tensors["fc_norm.weight"] && !tensors["norm.weight"]) {
    refuse(name, '"fc_norm.weight" and no "norm.weight": it averages its patches');
  }
  const [inner] = tensors["blocks.0.mlp.fc1.weight"]?.shape ?? [];
  const [, outer] = tensors["blocks.0.mlp.fc2.weight"]?.shape ?? [];
  if (inner !== undefined && outer !== undefined && inner === 2 * outer) {
    refuse(name, '"mlp.fc1" twice as wide as "mlp.fc2": its perceptrons are gated (SwiGLU)');
  }
  if (tensors.cls_token || !tensors.pos_embed) return;
  throw new TypeError(
    `Cannot use ${name}: its vision transformer has no class token ("cls_token"), of which ` +
      "features are made here; take another checkpoint",
  );
}

function refuse(name: string, what: string): never {
  throw new TypeError(
    `Cannot use ${name}: no vision transformer here has ${what}; take another checkpoint`,
  );
}

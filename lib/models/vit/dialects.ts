import type { Dialect } from "../names.ts";

/** The names of DINO, DeiT and timm, which are used here, with those of their kin. */
const timm: Dialect = {
  mark: "patch_embed.proj.weight",
  names: [
    [/^blocks\.\d+\.(\d+)\./, "blocks.$1."], // DINOv2's chunks, whose inner numbers count on
    [/^(blocks\.\d+)\.gamma_([12])$/, "$1.ls$2.gamma"], // BEiT, iBOT
    [/^reg_token$/, "register_tokens"],
  ],
};

/** The names of Hugging Face's transformers: ViT, DeiT and DINOv2, before version 5 and since. */
const transformers: Dialect = {
  mark: "embeddings.patch_embeddings.projection.weight",
  names: [
    [/^embeddings\.patch_embeddings\.projection\./, "patch_embed.proj."],
    [/^embeddings\.position_embeddings$/, "pos_embed"],
    [/^embeddings\.distillation_token$/, "dist_token"],
    [/^embeddings\.(cls_token|mask_token|register_tokens)$/, "$1"],
    [/^(encoder\.layer|layers)\.(\d+)\./, "blocks.$2."],
    [/\.attention\.(attention\.)?([qkv])(uery|ey|alue|_proj)\./, ".attn.$2."],
    [/\.attention\.(output\.dense|o_proj)\./, ".attn.proj."],
    [/\.layernorm_before\./, ".norm1."],
    [/\.layernorm_after\./, ".norm2."],
    [/\.intermediate\.dense\./, ".mlp.fc1."],
    [/\.output\.dense\./, ".mlp.fc2."],
    [/\.layer_scale([12])\.lambda1$/, ".ls$1.gamma"],
    [/^layernorm\./, "norm."],
  ],
};

/** The names of torchvision, the last two those of its early versions. */
const torchvision: Dialect = {
  mark: "conv_proj.weight",
  names: [
    [/^conv_proj\./, "patch_embed.proj."],
    [/^class_token$/, "cls_token"],
    [/^encoder\.pos_embedding$/, "pos_embed"],
    [/^encoder\.ln\./, "norm."],
    [/^encoder\.layers\.encoder_layer_(\d+)\./, "blocks.$1."],
    [/\.ln_([12])\./, ".norm$1."],
    [/\.self_attention\.in_proj_(weight|bias)$/, ".attn.qkv.$1"],
    [/\.self_attention\.out_proj\./, ".attn.proj."],
    [/\.mlp\.(linear_1|0)\./, ".mlp.fc1."],
    [/\.mlp\.(linear_2|3)\./, ".mlp.fc2."],
  ],
};

/** How files name the tensors of vision transformers. */
export const vitDialects = [timm, transformers, torchvision] as const;

import type { Located } from "../../checkpoint/mod.ts";

/**
 * The tensors of a network whose positions are those of its class token and its patches, whatever
 * they are in the file: of the patches alone (`no_embed_class` of timm: that of the class token is
 * zero), or of the registers, too (which then carry theirs). Queries, keys and values that have no
 * bias get one of zeros. It computes the same.
 *
 * @param name What to call the file in errors.
 * @throws {TypeError} If the number of positions can be understood in two ways.
 */
export function completeTokens(
  tensors: Record<string, Located>,
  name: string,
): Record<string, Located> {
  const { pos_embed: positions, register_tokens: registers } = tensors;
  const completed = withBiases(tensors);
  if (positions?.shape.length !== 3) return completed;
  const [, count = 0, width = 0] = positions.shape;
  const others = tokensWithPosition(count, { registers: registers?.shape[1] ?? 0, name });
  if (others === 1) return completed;
  const patches = count - others;
  const read = () => {
    const values = numbers(positions);
    const all = new Float32Array((1 + patches) * width);
    if (others > 0) all.set(values.subarray(0, width));
    all.set(values.subarray(others * width), width);
    return all;
  };
  completed.pos_embed = { dtype: "F32", shape: [1, 1 + patches, width], read };
  if (others === 0 || !registers) return completed;
  const moved = () => {
    const offsets = numbers(positions).subarray(width);
    return numbers(registers).map((value, i) => value + offsets[i]!);
  };
  completed.register_tokens = { dtype: "F32", shape: registers.shape, read: moved };
  return completed;
}

/** How many of the positions are not those of patches, which form a square of 4 or more. */
function tokensWithPosition(
  count: number,
  { registers, name }: { registers: number; name: string },
): number {
  const choices = [...new Set([0, 1, 1 + registers])].filter((others) =>
    count - others >= 4 && Number.isInteger(Math.sqrt(count - others))
  );
  const [others = 1, another] = choices;
  if (another === undefined) return others;
  throw new TypeError(
    `Cannot use ${name}: its ${count} positions can be those of ${count - others} patches ` +
      `alone or those of ${count - another} with other tokens; take another checkpoint`,
  );
}

function numbers({ read }: Located): Float32Array {
  const values = read();
  return values instanceof Float32Array ? values : Float32Array.from(values as Float64Array);
}

/** A copy with biases of zeros where no block has one in its `attn.qkv`. */
function withBiases(tensors: Record<string, Located>): Record<string, Located> {
  const biases: Record<string, Located> = {};
  for (const [path, { shape: [rows = 0] }] of Object.entries(tensors)) {
    const [, layer] = /^(blocks\.\d+\.attn\.qkv)\.weight$/.exec(path) ?? [];
    if (!layer) continue;
    if (tensors[`${layer}.bias`]) return { ...tensors };
    const read = () => new Float32Array(rows);
    biases[`${layer}.bias`] = { dtype: "F32", shape: [rows], read };
  }
  return { ...tensors, ...biases };
}

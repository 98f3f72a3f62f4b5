import { assertEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { layerDecay, layerOf } from "./layer_decay.ts";

type Official = {
  layer_decay: number;
  weight_decay: number;
  num_layers: number;
  layer_values: number[];
  params: Record<
    string,
    { lr_scale: number; weight_decay: number; layer_id: number; shape: number[] }
  >;
};

golden("layer_decay", "every parameter has the official layer, rate and decay", (g) => {
  for (const official of g.json as Official[]) {
    const { layer_decay: decay, num_layers: depth, weight_decay: weightDecay, params } = official;
    const group = layerDecay({ decay, depth });
    for (const [name, { lr_scale, weight_decay, layer_id, shape }] of Object.entries(params)) {
      const { rate, decays } = group(name, shape.length);
      assertEquals([name, layerOf(name, depth)], [name, layer_id]);
      g.nearNumbers([rate, decays ? weightDecay : 0], [lr_scale, weight_decay], { name });
    }
    const rates = official.layer_values.map((_, i) => decay ** (depth + 1 - i));
    g.nearNumbers(rates, official.layer_values, { name: "layer_values" });
  }
}, { files: "layer_decay*.json" });

Deno.test("layerDecay() takes relation blocks and heads for the last layer", () => {
  const group = layerDecay({ decay: 0.5, depth: 3 });
  assertEquals(group("blocks.2.mlp.fc1.weight", 2), { rate: 0.5, decays: true });
  assertEquals(group("relation_blocks.0.norm1.weight", 1), { rate: 1, decays: false });
  assertEquals(group("backbone.cls_token", 3), { rate: 1 / 16, decays: false });
});

import { assertEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { groupName, groups } from "./groups.ts";

golden("optimizers", "every parameter is in the reference's group", (g) => {
  for (const [group, names] of Object.entries<string[]>(g.json.groups)) {
    for (const name of names) {
      assertEquals([name, groupName(name, g.shape(`init.${name}`).length)], [name, group]);
    }
  }
});

Deno.test("groups() lowers the patch embedding's rate and spares its bias the decay", () => {
  const group = groups(0.5);
  assertEquals(group("patch_embed.proj.weight", 4), { rate: 0.5, decays: true });
  assertEquals(group("patch_embed.proj.bias", 1), { rate: 0.5, decays: false });
});

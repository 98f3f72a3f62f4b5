import { assertEquals } from "@std/assert";
import { describeBackbone } from "./describe_backbone.ts";
import { resnets } from "./resnet/sizes.ts";
import { architectures } from "./vit/config.ts";

const vit = { imageSize: 224, patchSize: 16, relationBlocks: 1 };
const small = { ...vit, ...architectures.vit_small };

Deno.test("describeBackbone() names architectures as papers do, or else by their sizes", () => {
  assertEquals(describeBackbone({ ...small, arch: "vit_small" }).arch, "ViT-S/16");
  const tiny = { ...small, patchSize: 8, width: 128, depth: 4, arch: "custom" };
  assertEquals(describeBackbone(tiny).arch, "ViT 128x4/8");
  const [name, wide] = (["resnet50", "wide_resnet50_2"] as const).map((arch) =>
    describeBackbone({ ...small, arch, resnet: resnets[arch] }).arch
  );
  assertEquals([name, wide], ["ResNet-50", "Wide ResNet-50-2"]);
  const resnet = { ...resnets.resnet18, layers: [1, 1, 1, 1] as const };
  assertEquals(
    describeBackbone({ ...small, arch: "custom", resnet }).arch,
    "ResNet of 1 + 1 + 1 + 1 blocks",
  );
});

Deno.test("describeBackbone() counts millions of parameters as the paper's table does", () => {
  const millions = (parameters: number) => Math.floor(parameters / 1e6);
  assertEquals(millions(describeBackbone({ ...small, arch: "vit_small" }).parameters), 21);
  const { parameters } = describeBackbone({
    ...small,
    arch: "resnet50",
    resnet: resnets.resnet50,
  });
  assertEquals(parameters, 23_508_032); // torchvision's ResNet-50 without its classifier
});

import type { Task } from "./task.ts";

/** One line of the table. */
export type Benchmark = {
  name: string;
  /** What is done. */
  about: string;
  unit: "images/s" | "frames/s" | "queries/s" | "images/s per core" | "MiB";
  /**
   * The ratio aimed at: of our throughput to the peer's, or of the peer's memory to ours.
   */
  target: number;
  task: Task;
};

const small = { preset: "vit_small", batchSize: 4 } as const;
const float32 = { precision: "float32", device: "cpu" } as const;
const bfloat16 = { precision: "bfloat16", device: "cpu" } as const;
const onGpu = { precision: "bfloat16", device: "gpu" } as const;
const step = { kind: "step", ...small, ...float32 } as const;
const loader = { kind: "loader", preset: "vit_small", batchSize: 16, ...float32 } as const;

/** Everything that is measured. Benchmarks of the same task are measured in one go. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: "step-vit-s-f32",
    about: "Mugs step, ViT-S/16, batch 4, 2 + 2 views of 224 and 10 of 96 px, float32",
    unit: "images/s",
    target: 1.8,
    task: step,
  },
  {
    name: "memory-step-vit-s",
    about: "peak resident memory of the same",
    unit: "MiB",
    target: 1.25,
    task: step,
  },
  {
    name: "step-vit-s-bf16",
    about: "the same step with products in bfloat16 (peer: autocast)",
    unit: "images/s",
    target: 1.25,
    task: { ...step, ...bfloat16 },
  },
  {
    name: "step-tiny",
    about: "Mugs step of the preset tiny, batch 64, float32",
    unit: "images/s",
    target: 2,
    task: { ...step, preset: "tiny", batchSize: 64 },
  },
  {
    name: "fine-tune-vit-s",
    about: "fine-tuning step, ViT-S/16, 224 px, batch 16, mixup and cutmix, layer decay, float32",
    unit: "images/s",
    target: 1.3,
    task: { kind: "fine_tune", preset: "vit_small", batchSize: 16, ...float32 },
  },
  {
    name: "step-dino-vit-s",
    about: "DINO step, ViT-S/16, batch 4, 2 views of 224 and 8 of 96 px, float32",
    unit: "images/s",
    target: 1.2,
    task: { ...step, preset: "dino_vit_small" },
  },
  {
    name: "step-simsiam-resnet50",
    about: "SimSiam step, ResNet-50, batch 8, 2 views of 224 px, float32",
    unit: "images/s",
    target: 1.2,
    task: { ...step, preset: "simsiam_resnet50", batchSize: 8 },
  },
  {
    name: "features-resnet50",
    about: "features of a ResNet-50, 224 px, batch 16, float32",
    unit: "images/s",
    target: 1.2,
    task: { kind: "extract", preset: "simsiam_resnet50", batchSize: 16, ...float32 },
  },
  {
    name: "features-vit-s-f32",
    about: "class tokens of a ViT-S/16, 224 px, batch 16, float32",
    unit: "images/s",
    target: 2.2,
    task: { kind: "extract", preset: "vit_small", batchSize: 16, ...float32 },
  },
  {
    name: "features-vit-s-bf16",
    about: "the same with products in bfloat16 (peer: autocast)",
    unit: "images/s",
    target: 1.2,
    task: { kind: "extract", preset: "vit_small", batchSize: 16, ...bfloat16 },
  },
  {
    name: "features-jpeg",
    about: "the same in float32 from JPEG files of 500 x 375 (peer: Pillow in 2 workers)",
    unit: "images/s",
    target: 1.7,
    task: { kind: "jpeg", preset: "vit_small", batchSize: 16, ...float32 },
  },
  {
    name: "knn-50k",
    about: "weighted k-NN of 2,000 queries among 50,000, width 384, k 20",
    unit: "queries/s",
    target: 1.3,
    task: { kind: "knn", preset: "vit_small", batchSize: 1, ...float32 },
  },
  {
    name: "video-vit-s",
    about: "3 objects followed through 20 frames of 480p, ViT-S/16, float32",
    unit: "frames/s",
    target: 2,
    task: { kind: "video", preset: "vit_small", batchSize: 1, ...float32 },
  },
  {
    name: "multicrop",
    about: "JPEG of 500 x 375 to 4 views of 224 and 10 of 96 px (peer: torchvision on Pillow)",
    unit: "images/s per core",
    target: 2,
    task: { kind: "multicrop", preset: "vit_small", batchSize: 8, ...float32 },
  },
  {
    name: "loader",
    about: "the same views in batches of 16 by all cores (peer: as many DataLoader workers)",
    unit: "images/s",
    target: 2,
    task: loader,
  },
  {
    name: "loader-large",
    about: "the same of JPEG of 2000 x 1500",
    unit: "images/s",
    target: 2,
    task: { ...loader, photoScale: 4 },
  },
  {
    name: "loader-large-reduced",
    about: "the same, decoded at 1/2 as the crops allow (the peer decodes in full)",
    unit: "images/s",
    target: 2,
    task: { ...loader, photoScale: 4, reducedDecoding: true },
  },
  {
    name: "step-vit-s-gpu",
    about: "Mugs step on a GPU, ViT-S/16, batch 64, products in bfloat16 (peer: autocast)",
    unit: "images/s",
    target: 1.2,
    task: { kind: "step", preset: "vit_small", batchSize: 64, ...onGpu },
  },
  {
    name: "memory-step-vit-s-gpu",
    about: "memory of the GPU that the same takes",
    unit: "MiB",
    target: 1,
    task: { kind: "step", preset: "vit_small", batchSize: 64, ...onGpu },
  },
  {
    name: "step-vit-b-gpu",
    about: "the same step of a ViT-B/16, batch 32",
    unit: "images/s",
    target: 1,
    task: { kind: "step", preset: "vit_base", batchSize: 32, ...onGpu },
  },
  {
    name: "features-gpu",
    about: "class tokens of a ViT-S/16 on a GPU, 224 px, batch 256, products in bfloat16",
    unit: "images/s",
    target: 1,
    task: { kind: "extract", preset: "vit_small", batchSize: 256, ...onGpu },
  },
  {
    name: "knn-gpu",
    about: "weighted k-NN on a GPU of 2,000 queries among 50,000, float32",
    unit: "queries/s",
    target: 1,
    task: { kind: "knn", preset: "vit_small", batchSize: 1, ...onGpu, precision: "float32" },
  },
];

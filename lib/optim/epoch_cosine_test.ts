import { assertEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { cosine } from "./schedule.ts";
import { epochCosine } from "./epoch_cosine.ts";

golden(
  "downstream_extras",
  "the rates of timm's cosine are those the official loops use",
  ({ json, nearNumbers }) => {
    for (const official of json.timm_cosine_per_epoch) {
      const { lr: rate, min_lr: minimum, epochs, warmup_epochs: warmup } = official;
      const at = epochCosine({ rate, minimum, epochs, warmup, warmupRate: official.warmup_lr });
      const rates = Array.from({ length: epochs }, (_, epoch) => at(epoch));
      nearNumbers(rates, official.lr_used_in_epoch, { name: "lr" });
    }
  },
  { files: "downstream_extras*.json" },
);

golden(
  "downstream_extras",
  "PyTorch's cosine annealing is our cosine from epoch to epoch",
  ({ json, nearNumbers }) => {
    for (
      const { lr, lr_min, epochs, lr_used_in_epoch: official } of json.cosine_annealing_per_epoch
    ) {
      const at = cosine([lr, lr_min], epochs);
      nearNumbers(Array.from({ length: epochs }, (_, epoch) => at(epoch)), official, {
        name: "lr",
      });
    }
  },
  { files: "downstream_extras*.json" },
);

Deno.test("epochCosine() warms up from the second epoch on", () => {
  const at = epochCosine({ rate: 4, minimum: 0, epochs: 10, warmup: 2, warmupRate: 0 });
  assertEquals([0, 1, 2].map(at), [0, 0, 2]);
});

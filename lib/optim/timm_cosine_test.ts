import { assertEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { epochCosine } from "./epoch_cosine.ts";
import { cosine } from "./schedule.ts";
import { timmCosine } from "./timm_cosine.ts";

const set = "downstream/timm_scheduler";
const options = { files: "timm_scheduler.json" };

golden(set, "timmCosine() is timm's schedule, by epochs and by updates", (g) => {
  for (const official of g.json.timm_cosine) {
    const used: number[][] = official.lr_used_in_epoch ?? official.lr_used_in_update;
    const byEpoch = official.lr_used_in_epoch !== undefined;
    for (const [i, rate] of official.base_lrs.entries()) {
      const at = timmCosine({
        rate,
        minimum: official.lr_min,
        length: official.t_initial,
        warmup: official.warmup_t,
        warmupRate: official.warmup_lr_init,
        warmupFirst: official.warmup_prefix,
        cycles: official.cycle_limit === 0 ? Infinity : official.cycle_limit,
        lengthening: official.t_mul,
        cycleDecay: official.decay_rate,
      });
      // After an epoch the official loops ask for its own value, so that the first serves twice.
      const rates = used.map((_, time) => at(byEpoch ? Math.max(0, time - 1) : time));
      g.nearNumbers(rates, used.map((rates) => rates[i]!), { name: "lr" });
      const values: number[][] = official.value_of_argument ?? [];
      const numbers = values.map((_, time) => at(time));
      g.nearNumbers(numbers, values.map((rates) => rates[i]!), { name: "lr" });
    }
  }
}, options);

golden(set, "epochCosine() is the schedule of timm's factory under the official arguments", (g) => {
  for (const { lr: rate, min_lr: minimum, epochs, ...official } of g.json.create_scheduler) {
    const warmup = official.warmup_epochs, warmupRate = official.warmup_lr;
    const at = epochCosine({ rate, minimum, epochs, warmup, warmupRate });
    const used: number[] = official.lr_used_in_epoch;
    g.nearNumbers(used.map((_, epoch) => at(epoch)), used, { name: "lr" });
  }
}, options);

golden(set, "cosine() is the schedule of fine-tuning by iterations", (g) => {
  for (const official of g.json.beit_cosine) {
    const { base_value: base, final_value: final, niter_per_ep: perEpoch, epochs } = official;
    const { warmup_epochs = 0, warmup_steps = 0, start_warmup_value = 0 } = official;
    const warmup = warmup_steps || warmup_epochs * perEpoch;
    const at = cosine([base, final], epochs * perEpoch, {
      warmup,
      warmupStart: start_warmup_value,
    });
    const values = Array.from({ length: epochs * perEpoch }, (_, step) => at(step));
    // What the official function refuses (a warm-up of steps alone) is a plain warm-up here.
    if (official.error) assertEquals([values[0], values[warmup - 1]], [start_warmup_value, base]);
    else g.nearNumbers(values, official.values, { name: "lr" });
  }
}, options);

Deno.test("timmCosine() rises where the minimum lies above the rate", () => {
  const at = timmCosine({ rate: 5e-6, minimum: 1e-5, length: 10 });
  assertEquals([at(0), at(10)], [5e-6, 1e-5]);
  assertEquals(Array.from({ length: 9 }, (_, i) => at(i + 1) > at(i)), Array(9).fill(true));
});

import { assertEquals, assertThrows } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { cosine, ramp, type Schedule } from "./schedule.ts";

golden("schedules", "the cosine with warm-up has the reference's value at every step", (g) => {
  for (const { args: [base, final, epochs, perEpoch], kw, values } of g.json) {
    const schedule = cosine([base, final], epochs * perEpoch, {
      warmup: (kw.warmup_epochs ?? 0) * perEpoch,
      warmupStart: kw.start_warmup_value,
    });
    assertEquals(values.length, epochs * perEpoch);
    g.nearNumbers(values.map((_: number, step: number) => schedule(step)), values, {
      name: "values",
    });
  }
}, { files: "schedules*.json" });

golden("methods/moco_v3/schedules", "rate and momentum are MoCo-v3's at every step", (g) => {
  for (const { args, rows } of g.json) {
    const { lr, warmup_epochs, epochs, moco_m, niter } = args;
    const warmup = warmup_epochs * niter;
    const rate = cosine([lr, 0], epochs * niter, { warmup, reached: false });
    const momentum = cosine([moco_m, 1], epochs * niter);
    for (const [epoch, iteration, ...official] of rows) {
      const step = epoch * niter + iteration;
      g.nearNumbers([rate(step), momentum(step)], official, { name: "rows" });
    }
  }
}, { files: "schedules*.json" });

golden("methods/simclr/schedules", "the rate is SimCLR's at every step", (g) => {
  for (const { args, total_steps, values } of g.json) {
    const { scaling, base, epochs, warmup_epochs, batch, examples } = args;
    const peak = base * (scaling === "sqrt" ? Math.sqrt(batch) : batch / 256);
    assertEquals(Math.floor(examples * epochs / batch) + 1, total_steps);
    const warmup = Math.floor(Math.round(warmup_epochs * examples) / batch);
    const rate = cosine([peak, 0], total_steps, { warmup, reached: false });
    g.nearNumbers(values.map((_: number, step: number) => rate(step)), values, { name: "values" });
  }
}, { files: "schedules*.json" });

golden("methods/byol/schedules", "rate and target average are BYOL's at every step", (g) => {
  for (const { args, learning_rate, target_ema } of g.json) {
    const { batch, base_learning_rate, total_steps, warmup_steps: warmup, base_ema } = args;
    const base = base_learning_rate * batch / 256;
    const rate = cosine([base, 0], total_steps, { warmup, reached: false });
    const average = cosine([base_ema, 1], total_steps);
    const every = (schedule: Schedule, { length }: number[]) =>
      Array.from({ length }, (_, step) => schedule(step));
    g.nearNumbers(every(rate, learning_rate), learning_rate, { name: "learning_rate" });
    g.nearNumbers(every(average, target_ema), target_ema, { name: "target_ema" });
  }
}, { files: "schedules*.json" });

golden("methods/deepcluster_v2/schedules", "the rate is that of SwAV's programs", (g) => {
  for (const { args, values } of g.json) {
    const { start_warmup: warmupStart, base_lr, final_lr, iterations_per_epoch } = args;
    const rate = cosine([base_lr, final_lr], args.epochs * iterations_per_epoch, {
      warmup: args.warmup_epochs * iterations_per_epoch,
      warmupStart,
    });
    assertEquals(values.length, args.epochs * iterations_per_epoch);
    g.nearNumbers(values.map((_: number, step: number) => rate(step)), values, { name: "values" });
  }
}, { files: "schedules*.json" });

Deno.test("cosine() begins at the base and comes halfway in the middle", () => {
  const schedule = cosine([1, 0], 8);
  assertEquals([schedule(0), schedule(4)], [1, 0.5]);
});

Deno.test("cosine() stays at the final value after the run", () => {
  assertEquals(cosine([1, 0.25], 8)(100), 0.25);
});

Deno.test("cosine() refuses a warm-up longer than the run", () => {
  assertThrows(() => cosine([1, 0], 8, { warmup: 9 }), RangeError, "shorten the warm-up");
});

Deno.test("ramp() reaches the final value at the last of its steps", () => {
  const schedule = ramp([0, 1], 3);
  assertEquals([0, 1, 2, 3].map(schedule), [0, 0.5, 1, 1]);
});

Deno.test("ramp() over one step begins at the base, as NumPy's linspace", () => {
  assertEquals([0, 1, 2].map(ramp([0.25, 1], 1)), [0.25, 1, 1]);
});

Deno.test("ramp() over no step is the final value", () => {
  assertEquals(ramp([0, 1], 0)(0), 1);
});

Deno.test("cosine() can reach the base in the first step after the warm-up", () => {
  const schedule = cosine([2, 0], 8, { warmup: 2, reached: false });
  assertEquals([0, 1, 2].map(schedule), [0, 1, 2]);
});

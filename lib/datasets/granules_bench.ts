import { granules } from "./granules.ts";

for (const size of [64, 256]) {
  const { train } = granules({ size, train: 100_000 }); // too many to stay in memory
  let i = 0;
  Deno.bench(`a granule of ${size} px`, async () => {
    await train[i++ % train.length]!.read();
  });
}

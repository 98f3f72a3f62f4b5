import type { Image } from "../images/mod.ts";
import type { Dataset, Sample } from "./sample.ts";
import { reasonOf, type Skipped, unreadable } from "./skipped.ts";

/**
 * The images of all samples in their order, a batch at a time; the next batch is read meanwhile.
 *
 * @throws {Error} If images cannot be read: all are tried first, and the message lists the bad
 * ones.
 */
export async function* readAll(
  samples: readonly Sample[],
  batchSize: number,
): AsyncGenerator<{ images: Image[]; samples: Sample[] }, void, void> {
  const failed: Skipped[] = [];
  const readFrom = (first: number) => {
    const part = samples.slice(first, first + batchSize);
    return Promise.all(part.map((sample) => attempt(sample, failed)));
  };
  let ahead = readFrom(0);
  for (let first = 0; first < samples.length; first += batchSize) {
    const images = await ahead;
    ahead = readFrom(first + batchSize);
    if (failed.length > 0) continue;
    yield { images: images as Image[], samples: samples.slice(first, first + batchSize) };
  }
  if (failed.length > 0) throw unreadable(failed, samples.length);
}

/** The image of a sample, or `null` where it cannot be read: then it is added to `failed`. */
function attempt(sample: Sample, failed: Skipped[]): Promise<Image | null> {
  return sample.read().catch((error) => {
    failed.push({ id: sample.id, reason: reasonOf(error) });
    return null;
  });
}

/**
 * A data set without the images that cannot be read. Every image is read once to find these.
 *
 * @returns The data set, and the samples left out of either part.
 */
export async function readable(
  data: Dataset,
): Promise<[Dataset, { train: Skipped[]; test: Skipped[] }]> {
  const sift = async (samples: Sample[]): Promise<[Sample[], Skipped[]]> => {
    const failed: Skipped[] = [];
    const good: Sample[] = [];
    for (let first = 0; first < samples.length; first += 64) {
      const part = samples.slice(first, first + 64);
      const images = await Promise.all(part.map((sample) => attempt(sample, failed)));
      good.push(...part.filter((_, i) => images[i]));
    }
    return [good, failed];
  };
  const [train, badTrain] = await sift(data.train);
  const [test, badTest] = await sift(data.test);
  return [{ ...data, train, test }, { train: badTrain, test: badTest }];
}

import { assertAlmostEquals, assertThrows } from "@std/assert";
import { decodeMask, type Mask } from "../images/mod.ts";
import { whereDataset } from "../testing/datasets.ts";
import { golden } from "../testing/goldens.ts";
import { meanOfObjects, type ObjectScore, scoreVideo } from "./mod.ts";

type Scored = {
  frames: [number, number];
  global_: Record<string, number>;
  per_frame: Record<string, Record<"J" | "F", number[]>>;
};

/** Changes the masks of a result: at a frame, the labels. */
type Change = (mask: Mask, frame: number) => Mask;

/** What is compared in the cases of the set, as its descriptions say. */
const cases: Record<string, { annotation?: Change; result?: Change; predicted?: boolean }> = {
  osvos: {},
  osvos_merged_motocross: { result: (mask) => relabeled(mask, (label) => label ? 1 : 0) },
  two_objects: {
    predicted: true,
    result: (mask, frame) =>
      relabeled(rolled(mask, 2, 3), (label) => frame % 4 === 0 && label === 2 ? 0 : label),
  },
  object_missing: {
    predicted: true,
    result: (mask) => relabeled(mask, (label) => label === 2 ? 0 : label),
  },
  with_255: {
    annotation: (mask) => relabeled(mask, (label, i) => i < 40 * mask.width ? 255 : label),
  },
};

function relabeled(mask: Mask, change: (label: number, i: number) => number): Mask {
  return { ...mask, data: mask.data.map(change) };
}

/** A mask moved down and to the right; what leaves it comes in on the other side. */
function rolled({ width, height, data }: Mask, down: number, right: number): Mask {
  const at = (i: number) => {
    const [y, x] = [Math.floor(i / width) - down + height, i % width - right + width];
    return data[(y % height) * width + x % width]!;
  };
  return { width, height, data: data.map((_, i) => at(i)) };
}

whereDataset("davis-mini", (folder) => {
  const masksOf = async (kind: string, sequence: string, [from, to]: [number, number]) => {
    const path = `${folder}/${kind}/480p/${sequence}`;
    const files = [...Deno.readDirSync(path)].map(({ name }) => name).sort().slice(from, to);
    return await Promise.all(
      files.map(async (name) => decodeMask(await Deno.readFile(`${path}/${name}`))),
    );
  };

  golden("dense/video_scorer", "masks score as by the official scorer", async (g) => {
    for (const [name, expected] of Object.entries<Scored>(g.json.scored)) {
      const known = cases[name];
      if (!known) continue;
      const sequences = new Set(
        Object.keys(expected.per_frame).map((key) => key.replace(/_\d+$/, "")),
      );
      const all: ObjectScore[] = [];
      for (const sequence of sequences) {
        const predicted = await masksOf("Predictions_osvos", sequence, expected.frames);
        const truth = known.predicted
          ? predicted
          : await masksOf("Annotations_indexed", sequence, expected.frames);
        const objects = scoreVideo(
          truth.map((mask, i) => known.annotation?.(mask, i) ?? mask),
          predicted.map((mask, i) => known.result?.(mask, i) ?? mask),
        );
        for (const { object, frames } of objects) {
          const { J, F } = expected.per_frame[`${sequence}_${object}`]!;
          for (const [i, score] of frames.J.entries()) assertAlmostEquals(score, J[i]!, 1e-9);
          for (const [i, score] of frames.F.entries()) assertAlmostEquals(score, F[i]!, 1e-9);
        }
        all.push(...objects);
      }
      const { JF, J, F } = meanOfObjects(all);
      const { global_: global } = expected;
      const scores = {
        "J&F-Mean": JF,
        ...{ "J-Mean": J.mean, "J-Recall": J.recall, "J-Decay": J.decay },
        ...{ "F-Mean": F.mean, "F-Recall": F.recall, "F-Decay": F.decay },
      };
      for (const [key, score] of Object.entries(scores)) {
        assertAlmostEquals(score, global[key]!, 1e-9, `${name}: ${key}`);
      }
    }
  }, { files: "video_scorer.json" });

  golden("dense/video_scorer", "more objects than the annotation's stop the scorer", async (g) => {
    if (!g.json.scored.osvos_motocross?.error) return;
    const frames: [number, number] = [0, 20];
    const truth = await masksOf("Annotations_indexed", "motocross-jump", frames);
    const result = await masksOf("Predictions_osvos", "motocross-jump", frames);
    assertThrows(() => scoreVideo(truth, result), RangeError, "Cannot score masks of 2 objects");
  }, { files: "video_scorer.json" });
});

import type { AnchorLevel } from "./anchor_levels.ts";
import type { ImageSize } from "./anchors.ts";
import { decodeBoxes, type Deviations } from "./box_coder.ts";
import { boxCount, type Boxes, cornersOf, joinBoxes, selectRows } from "./boxes.ts";
import type { ProposalSettings } from "./settings.ts";
import { ranked, suppressWithin } from "./suppress.ts";

/** What a region proposal network says of the anchors of a level, for one image. */
export type LevelScores = { scores: Float32Array; deltas: Float32Array };

/** Boxes in which something may be, the surest first. */
export type Proposals = { boxes: Boxes; scores: Float32Array };

/** Options of {@linkcode proposals}. */
export type ProposalsOptions = ProposalSettings & { size: ImageSize; deviations: Deviations };

/**
 * The surest boxes of all levels, less those that a surer one of their level overlaps
 * (`RPNHead.predict_by_feat` of mmdetection).
 *
 * @param outputs Of each level.
 */
export function proposals(
  levels: readonly AnchorLevel[],
  outputs: readonly LevelScores[],
  { before, most, threshold, size, deviations }: ProposalsOptions,
): Proposals {
  const parts = outputs.map(({ scores: logits, deltas }, level) => {
    const scores = logits.map((logit) => 1 / (1 + Math.exp(-logit)));
    const best = scores.length > before ? ranked(scores, before) : Uint32Array.from(scores.keys());
    return {
      scores: selectRows(scores, best, 1),
      boxes: decodeBoxes(selectRows(levels[level]!.boxes, best), selectRows(deltas, best), {
        ...{ deviations, size },
      }),
      groups: Array<number>(best.length).fill(level),
    };
  });
  const boxes = joinBoxes(...parts.map(({ boxes }) => boxes));
  const scores = joinBoxes(...parts.map(({ scores }) => scores));
  const groups = parts.flatMap(({ groups }) => groups);
  const candidates = Array.from({ length: boxCount(boxes) }, (_, i) => i).filter((i) => {
    const [left, top, right, bottom] = cornersOf(boxes, i);
    return right > left && bottom > top;
  });
  const options = { groups: candidates.map((i) => groups[i]!), threshold, most };
  const best = suppressWithin(
    selectRows(boxes, candidates),
    selectRows(scores, candidates, 1),
    options,
  )
    .map((i) => candidates[i]!);
  return { boxes: selectRows(boxes, best), scores: selectRows(scores, best, 1) };
}

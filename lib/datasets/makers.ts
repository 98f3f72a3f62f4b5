import { makeLabeledView, makeObjectView } from "./dense_view.ts";
import { makePiece, transferable } from "./piece.ts";

/** What threads make, each by its kind. */
export const makers = {
  piece: makePiece,
  labeled: makeLabeledView,
  objects: makeObjectView,
} as const;

/** A kind of what threads make. */
export type PartKind = keyof typeof makers;

/** What is to be made of a kind, as plain data. */
export type PartTask<K extends PartKind> = Parameters<typeof makers[K]>[0];

/** What was made of a kind. */
export type PartOutcome<K extends PartKind> = Awaited<ReturnType<typeof makers[K]>>;

/** What of an outcome changes its owner when another thread gets it. */
export const transferables: { [K in PartKind]: (outcome: PartOutcome<K>) => ArrayBufferLike[] } = {
  piece: transferable,
  labeled: ({ image, mask }) => [image.data.buffer, mask.data.buffer],
  objects: ({ image, boxes, labels, masks }) => [
    ...[image.data.buffer, boxes.buffer, labels.buffer],
    ...new Set(masks.map(({ data }) => data.buffer)),
  ],
};

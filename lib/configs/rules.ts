import type { TeacherConfig } from "./config.ts";
import type { Rule } from "./recipe.ts";

/** A teacher follows as fast over the same images whatever the batch. */
export const followBatch: Rule<TeacherConfig & { batchSize: number }> = {
  about: "momentum ** (batch / the preset's batch) (Busbridge et al., 2023; here ours)",
  value: ({ teacherMomentum, batchSize: before }, batchSize) =>
    Number((teacherMomentum ** (batchSize / before)).toPrecision(6)),
};

import type { CurvePoint } from "../report/mod.ts";

/** At most `count` points, each the mean of as many steps that follow each other. */
export function thin(points: readonly CurvePoint[], count = 200): CurvePoint[] {
  const size = Math.max(1, Math.ceil(points.length / count));
  const parts = Array.from(
    { length: Math.ceil(points.length / size) },
    (_, i) => points.slice(i * size, (i + 1) * size),
  );
  const mean = (part: CurvePoint[], name: keyof CurvePoint) =>
    +(part.reduce((sum, point) => sum + point[name], 0) / part.length).toPrecision(6);
  return parts.map((part) => ({
    epoch: mean(part, "epoch"),
    instance: mean(part, "instance"),
    localGroup: mean(part, "localGroup"),
    group: mean(part, "group"),
  }));
}

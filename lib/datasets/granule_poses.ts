import type { Random } from "../random/mod.ts";
import type { Pose } from "./granule_scene.ts";

/** The most often that a place is drawn before the image keeps the granules it has. */
const ATTEMPTS = 100;

/** Where granules lie: within the image, and so far apart that most of each is seen. */
export function poses(random: Random, count: number): Pose[] {
  const placed: Pose[] = [];
  for (let attempt = 0; attempt < ATTEMPTS && placed.length < count; attempt++) {
    const scale = random.uniform(0.3, 0.55);
    const room = 1 - 0.7 * scale;
    const pose: Pose = {
      x: random.uniform(-room, room),
      y: random.uniform(-room, room),
      turn: random.uniform(-Math.PI, Math.PI),
      scale,
      tilt: random.uniform(0.8, 1),
      tiltAxis: random.uniform(0, Math.PI),
    };
    const apart = ({ x, y, scale }: Pose) =>
      Math.hypot(x - pose.x, y - pose.y) > 0.62 * (scale + pose.scale);
    if (placed.every(apart)) placed.push(pose);
  }
  return placed;
}

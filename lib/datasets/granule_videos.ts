import { Random } from "../random/mod.ts";
import type { Video, VideoFrame, VideoSet } from "./davis.ts";
import { checkInteger } from "./check_integer.ts";
import { individual } from "./granule_body.ts";
import { poses } from "./granule_poses.ts";
import { type Body, renderBodies } from "./granule_render.ts";
import { type Pose, type Scene, scene } from "./granule_scene.ts";
import { checkMinerals, type MineralSet, speciesOf } from "./granule_species.ts";

/** Number and size of the videos. */
export type GranuleVideosOptions = {
  /** Side of a frame in pixels; 128 by default. */
  size?: number;
  /** Videos; 8 by default. */
  videos?: number;
  /** Frames of each; 16 by default. */
  frames?: number;
  /** The least and the most granules of a video; from 2 to 3 by default. */
  granules?: readonly [least: number, most: number];
  /** Another seed gives other videos. */
  seed?: string | number;
  minerals?: MineralSet;
};

/** A granule, and how it moves from one frame to the next. */
type Moving = Body & { speed: Pick<Pose, "x" | "y" | "turn"> };

/**
 * Procedural videos: imaginary granules (see {@linkcode granules}) that move and turn over a ground
 * with clutter, and may pass before each other, with their masks. A video depends on the seed and
 * its number only.
 *
 * @throws {RangeError} If a number is out of its bounds.
 */
export function granuleVideos(
  {
    size = 128,
    videos = 8,
    frames = 16,
    granules: range = [2, 3],
    seed = 0,
    minerals = "common",
  }: GranuleVideosOptions = {},
): VideoSet {
  checkInteger("size", size, [16, 4096]);
  checkInteger("videos", videos, [1, 1e5]);
  checkInteger("frames", frames, [2, 1e4]);
  checkInteger("granules", range[0], [1, 6]);
  checkInteger("granules", range[1], [range[0], 6]);
  checkMinerals(minerals);
  const species = speciesOf(minerals);
  const video = (name: string): Video => {
    const random = new Random(`granule videos/${minerals}/${seed}/${name}`);
    const count = range[0] + random.integer(range[1] - range[0] + 1);
    const bodies = poses(random, count).map((pose): Moving => ({
      granule: individual(species[random.integer(species.length)]!, random),
      pose,
      speed: { x: speed(random), y: speed(random), turn: random.uniform(-0.06, 0.06) },
    }));
    const surroundings = { ...scene(random, minerals), cover: null };
    return {
      name,
      frames: Array.from({ length: frames }, (_, at) => {
        const draw = () => drawFrame(bodies, surroundings, { at, size, random: random.fork(at) });
        return frame(String(at).padStart(5, "0"), { draw, size });
      }),
    };
  };
  return {
    name: minerals === "common" ? "granule videos" : "granule videos of rare minerals",
    videos: Array.from({ length: videos }, (_, i) => video(`video ${i}`)),
  };
}

/** Half image sides a frame. */
const speed = (random: Random) => random.uniform(-0.03, 0.03);

function drawFrame(
  bodies: readonly Moving[],
  surroundings: Scene,
  { at, size, random }: { at: number; size: number; random: Random },
) {
  const moved = bodies.map(({ granule, pose, speed }): Body => {
    const { x, y, turn } = pose;
    return {
      granule,
      pose: {
        ...pose,
        x: x + at * speed.x,
        y: y + at * speed.y,
        turn: turn + at * speed.turn,
      },
    };
  });
  return renderBodies(moved, { size, scene: surroundings, random });
}

/** A frame that is drawn at each read. */
function frame(
  name: string,
  { draw, size }: { draw: () => ReturnType<typeof renderBodies>; size: number },
): VideoFrame {
  return {
    name,
    read: () => Promise.resolve(draw().image),
    mask: () => Promise.resolve({ width: size, height: size, data: draw().owners }),
  };
}

import { blank, type Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { boundary, type Individual, type Outline, outline, smooth } from "./granule_body.ts";
import type { Color, Disc, Pose, Scene } from "./granule_scene.ts";

/** A granule that lies somewhere. */
export type Body = { granule: Individual; pose: Pose };

/**
 * An image of a granule: behind it a ground with clutter, on it light from one side, before it
 * perhaps something that covers a part. Every pixel is computed from its distance to the outline,
 * so the image is the same at any size.
 */
export function render(
  granule: Individual,
  { size, scene, random }: { size: number; scene: Scene; random: Random },
): Image {
  return renderBodies([{ granule, pose: scene }], { size, scene, random }).image;
}

/**
 * An image of some granules, the later ones before the earlier ones.
 *
 * @returns The image, and for each pixel the number of the granule that is seen there, from 1, or 0.
 */
export function renderBodies(
  bodies: readonly Body[],
  { size, scene, random }: { size: number; scene: Omit<Scene, keyof Pose>; random: Random },
): { image: Image; owners: Uint8Array } {
  const image = blank(size, size);
  const owners = new Uint8Array(size * size);
  const pixel = 2 / size; // in half image sides
  const draws = bodies.map((body) => drawing(body, scene, pixel));
  const out = image.data;
  for (let row = 0, at = 0; row < size; row++) {
    const v = (row + 0.5) * pixel - 1;
    for (let column = 0; column < size; column++, at += 3) {
      const u = (column + 0.5) * pixel - 1;
      const color = ground(scene, [u, v, pixel]);
      for (const disc of scene.clutter) blend(color, disc.color, inside(disc, [u, v, pixel]));
      let owner = 0;
      for (const [i, draw] of draws.entries()) {
        if (draw(color, u, v) >= 0.5) owner = i + 1;
      }
      if (scene.cover) {
        const part = inside(scene.cover, [u, v, pixel]);
        blend(color, scene.cover.color, part);
        if (part >= 0.5) owner = 0;
      }
      owners[at / 3] = owner;
      const grain = scene.noise * (random.uniform() + random.uniform() - 1) * 1.2;
      out[at] = byte(color[0] * 255 + grain);
      out[at + 1] = byte(color[1] * 255 + grain);
      out[at + 2] = byte(color[2] * 255 + grain);
    }
  }
  return { image, owners };
}

/** A point of the image and the size of a pixel, in half image sides. */
type Point = [u: number, v: number, pixel: number];

/** The two grays of the ground in the light. */
function ground(
  { border, light, shine }: Pick<Scene, "border" | "light" | "shine">,
  [u, v, pixel]: Point,
): Color {
  const [acrossX, acrossY] = border.direction;
  const beyond = smooth(-pixel, pixel, acrossX * u + acrossY * v - border.offset);
  const even = 1 + 0.5 * shine * (light[0] * u + light[1] * v);
  return between(border.grays, beyond, even);
}

/**
 * A function that draws a body over the color of a point, and tells which part of the pixel it
 * covers.
 */
function drawing(
  { granule, pose }: Body,
  { colors, light, shine }: Omit<Scene, keyof Pose>,
  pixel: number,
): (color: Color, u: number, v: number) => number {
  const edge: Outline = outline(granule);
  const parting = boundary(granule, edge);
  const [inner, outer] = granule.species.minerals;
  const minerals = [colors[inner], colors[outer]] as const;
  const [m0, m1, m2, m3, m4, m5] = toBody(pose);
  const soft = pixel / pose.scale;
  return (color, u, v) => {
    const x = m0 * u + m1 * v + m2;
    const y = m3 * u + m4 * v + m5;
    if (!(x * x + y * y < 2)) return 0;
    const angle = Math.atan2(y, x);
    const distance = edge(x, y, angle);
    if (!(distance < soft)) return 0;
    let shade = 1;
    for (const spot of granule.spots) {
      const off = Math.hypot(x - spot.x, y - spot.y);
      shade += spot.tone * (1 - smooth(spot.radius - soft, spot.radius + soft, off));
    }
    // The body is a dome: lit on the side of the light, dark along its edge.
    shade *= 1 + shine * (light[0] * (u - pose.x) + light[1] * (v - pose.y)) / pose.scale;
    shade *= 0.75 + 0.25 * smooth(0, 0.1, -distance);
    const mineral = between(minerals, smooth(-soft, soft, parting(x, y, angle)), shade);
    const part = 1 - smooth(-soft, soft, distance);
    blend(color, mineral, part);
    return part;
  };
}

/** A color between two, in some light. */
function between([a, b]: readonly [Color, Color], part: number, light: number): Color {
  return [
    light * (a[0] + (b[0] - a[0]) * part),
    light * (a[1] + (b[1] - a[1]) * part),
    light * (a[2] + (b[2] - a[2]) * part),
  ];
}

/** Moves a color by a part of the way toward another, in place. */
function blend(color: Color, to: Color, part: number): void {
  color[0] += (to[0] - color[0]) * part;
  color[1] += (to[1] - color[1]) * part;
  color[2] += (to[2] - color[2]) * part;
}

/** The part of a pixel that a disc covers. */
function inside({ x, y, radius }: Disc, [u, v, pixel]: Point): number {
  const off = radius - Math.sqrt((u - x) ** 2 + (v - y) ** 2);
  return off < -pixel ? 0 : off > pixel ? 1 : (off / pixel + 1) / 2;
}

/** From image to body coordinates: x = m0 u + m1 v + m2, y = m3 u + m4 v + m5. */
function toBody({ x, y, turn, scale, tilt, tiltAxis }: Pose) {
  const c = Math.cos(tiltAxis), s = Math.sin(tiltAxis), stretch = 1 / tilt - 1;
  // The tilt is undone along its axis, then the turn.
  const a = 1 + stretch * c * c, b = stretch * c * s, d = 1 + stretch * s * s;
  const p = Math.cos(turn) / scale, q = Math.sin(turn) / scale;
  const m0 = p * a + q * b, m1 = p * b + q * d, m3 = -q * a + p * b, m4 = -q * b + p * d;
  return [m0, m1, -m0 * x - m1 * y, m3, m4, -m3 * x - m4 * y] as const;
}

function byte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value + 0.5 | 0;
}

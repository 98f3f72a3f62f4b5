import { blank, type Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { boundary, type Individual, type Outline, outline, smooth } from "./granule_body.ts";
import type { Color, Disc, Scene } from "./granule_scene.ts";

/**
 * An image of a granule: behind it a ground with clutter, on it light from one side, before it
 * perhaps something that covers a part. Every pixel is computed from its distance to the outline,
 * so the image is the same at any size.
 */
export function render(
  granule: Individual,
  { size, scene, random }: { size: number; scene: Scene; random: Random },
): Image {
  const image = blank(size, size);
  const body = bodyOf(granule, scene, 2 / size);
  const pixel = 2 / size; // in half image sides
  const out = image.data;
  for (let row = 0, at = 0; row < size; row++) {
    const v = (row + 0.5) * pixel - 1;
    for (let column = 0; column < size; column++, at += 3) {
      const u = (column + 0.5) * pixel - 1;
      const color = ground(scene, [u, v, pixel]);
      for (const disc of scene.clutter) blend(color, disc.color, inside(disc, [u, v, pixel]));
      body(color, u, v);
      if (scene.cover) blend(color, scene.cover.color, inside(scene.cover, [u, v, pixel]));
      const grain = scene.noise * (random.uniform() + random.uniform() - 1) * 1.2;
      out[at] = byte(color[0] * 255 + grain);
      out[at + 1] = byte(color[1] * 255 + grain);
      out[at + 2] = byte(color[2] * 255 + grain);
    }
  }
  return image;
}

/** A point of the image and the size of a pixel, in half image sides. */
type Point = [u: number, v: number, pixel: number];

/** The two grays of the ground in the light. */
function ground({ border, light, shine }: Scene, [u, v, pixel]: Point): Color {
  const [acrossX, acrossY] = border.direction;
  const beyond = smooth(-pixel, pixel, acrossX * u + acrossY * v - border.offset);
  const even = 1 + 0.5 * shine * (light[0] * u + light[1] * v);
  return between(border.grays, beyond, even);
}

/** A function that draws the body over the color of a point. */
function bodyOf(
  granule: Individual,
  scene: Scene,
  pixel: number,
): (color: Color, u: number, v: number) => void {
  const edge: Outline = outline(granule);
  const parting = boundary(granule, edge);
  const [inner, outer] = granule.species.minerals;
  const minerals = [scene.colors[inner], scene.colors[outer]] as const;
  const [m0, m1, m2, m3, m4, m5] = toBody(scene);
  const soft = pixel / scene.scale;
  const { light, shine } = scene;
  return (color, u, v) => {
    const x = m0 * u + m1 * v + m2;
    const y = m3 * u + m4 * v + m5;
    if (!(x * x + y * y < 2)) return;
    const angle = Math.atan2(y, x);
    const distance = edge(x, y, angle);
    if (!(distance < soft)) return;
    let shade = 1;
    for (const spot of granule.spots) {
      const off = Math.hypot(x - spot.x, y - spot.y);
      shade += spot.tone * (1 - smooth(spot.radius - soft, spot.radius + soft, off));
    }
    // The body is a dome: lit on the side of the light, dark along its edge.
    shade *= 1 + shine * (light[0] * (u - scene.x) + light[1] * (v - scene.y)) / scene.scale;
    shade *= 0.75 + 0.25 * smooth(0, 0.1, -distance);
    const mineral = between(minerals, smooth(-soft, soft, parting(x, y, angle)), shade);
    blend(color, mineral, 1 - smooth(-soft, soft, distance));
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
function toBody({ x, y, turn, scale, tilt, tiltAxis }: Scene) {
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

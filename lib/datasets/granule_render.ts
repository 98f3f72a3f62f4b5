import { blank, type Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { boundary, type Individual, outline, smooth } from "./granule_body.ts";
import type { Color, Disc, Scene } from "./granule_scene.ts";

/**
 * A picture of a granule: behind it a ground with clutter, upon it light from one side, before it perhaps something that
 * covers a part. Every pixel is computed from the distance to the outline, so any size shows the same.
 */
export function render(
  granule: Individual,
  { size, scene, random }: { size: number; scene: Scene; random: Random },
): Image {
  const image = blank(size, size);
  const edge = outline(granule);
  const between = boundary(granule, edge);
  const [first, second] = granule.species.minerals.map((mineral) => scene.colors[mineral]);
  const [near, far] = scene.border.greys;
  const place = transform(scene);
  const pixel = 2 / size; // in half image sides
  const soft = pixel / scene.scale;
  const { light, shine, border, cover, noise } = scene;
  const [acrossX, acrossY] = border.direction;
  const out = image.data;
  for (let row = 0, at = 0; row < size; row++) {
    const v = (row + 0.5) * pixel - 1;
    for (let column = 0; column < size; column++, at += 3) {
      const u = (column + 0.5) * pixel - 1;
      const beyond = smooth(-pixel, pixel, acrossX * u + acrossY * v - border.offset);
      const even = 1 + 0.5 * shine * (light[0] * u + light[1] * v);
      let [r, g, b] = mixed(near, far, beyond, even);
      for (const disc of scene.clutter) {
        const part = inside(disc, u, v, pixel);
        if (part === 0) continue;
        r += (disc.color[0] - r) * part;
        g += (disc.color[1] - g) * part;
        b += (disc.color[2] - b) * part;
      }
      const x = place[0] * u + place[1] * v + place[2];
      const y = place[3] * u + place[4] * v + place[5];
      if (x * x + y * y < 2) {
        const angle = Math.atan2(y, x);
        const distance = edge(x, y, angle);
        if (distance < soft) {
          const part = 1 - smooth(-soft, soft, distance);
          let shade = 1;
          for (const spot of granule.spots) {
            const off = Math.hypot(x - spot.x, y - spot.y);
            shade += spot.tone * (1 - smooth(spot.radius - soft, spot.radius + soft, off));
          }
          // The body is a dome: lit on the side of the light, dark along its edge.
          shade *= 1 + shine * (light[0] * (u - scene.x) + light[1] * (v - scene.y)) / scene.scale;
          shade *= 0.75 + 0.25 * smooth(0, 0.1, -distance);
          const body = mixed(first, second, smooth(-soft, soft, between(x, y, angle)), shade);
          r += (body[0] - r) * part;
          g += (body[1] - g) * part;
          b += (body[2] - b) * part;
        }
      }
      if (cover) {
        const part = inside(cover, u, v, pixel);
        r += (cover.color[0] - r) * part;
        g += (cover.color[1] - g) * part;
        b += (cover.color[2] - b) * part;
      }
      const grain = noise * (random.uniform() + random.uniform() - 1) * 1.2;
      out[at] = byte(r * 255 + grain);
      out[at + 1] = byte(g * 255 + grain);
      out[at + 2] = byte(b * 255 + grain);
    }
  }
  return image;
}

/** A colour between two, in some light. */
function mixed(a: Color, b: Color, part: number, light: number): Color {
  return [0, 1, 2].map((c) => light * (a[c] + (b[c] - a[c]) * part)) as Color;
}

/** How much of a pixel a disc covers. */
function inside({ x, y, radius }: Disc, u: number, v: number, pixel: number): number {
  const off = radius - Math.sqrt((u - x) ** 2 + (v - y) ** 2);
  return off < -pixel ? 0 : off > pixel ? 1 : (off / pixel + 1) / 2;
}

/** From image to body coordinates: x = m0 u + m1 v + m2, y = m3 u + m4 v + m5. */
function transform({ x, y, turn, scale, tilt, tiltAxis }: Scene): number[] {
  const c = Math.cos(tiltAxis), s = Math.sin(tiltAxis), stretch = 1 / tilt - 1;
  // The tilt is undone along its axis, then the turn.
  const a = 1 + stretch * c * c, b = stretch * c * s, d = 1 + stretch * s * s;
  const p = Math.cos(turn) / scale, q = Math.sin(turn) / scale;
  const m = [p * a + q * b, p * b + q * d, -q * a + p * b, -q * b + p * d];
  return [m[0], m[1], -m[0] * x - m[1] * y, m[2], m[3], -m[2] * x - m[3] * y];
}

function byte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value + 0.5 | 0;
}

import { use } from "../compile/mod.ts";
import { trackObjects } from "../dense/mod.ts";
import { blank, type Image, type Mask } from "../images/mod.ts";
import { encoderOf, initBackbone } from "../models/mod.ts";
import { Random } from "../random/mod.ts";
import { measuredPresets, type Prepared, type Setting, videoSize } from "./task.ts";

/** Objects followed through the frames of a video that lies in memory. */
export async function videoWork(
  { preset, precision, device, threads }: Setting,
): Promise<Prepared> {
  await use("tensorflow", { intraOpThreads: threads, interOpThreads: threads, device });
  const config = measuredPresets[preset];
  const params = initBackbone(config, new Random("bench"));
  const { patches, multiple } = encoderOf(params, {
    name: preset,
    heads: config.heads,
    precision,
  });
  const images = Array.from({ length: videoSize.frames }, noise);
  const first = squares();
  return {
    items: videoSize.frames,
    async once() {
      const frames = images.map((image) => Promise.resolve(image));
      for await (
        const _ of trackObjects(frames, first, { encoder: { patches: patches!, multiple } })
      );
    },
  };
}

function noise(_: unknown, frame: number): Image {
  const image = blank(videoSize.width, videoSize.height);
  const random = new Random("bench").fork(frame);
  for (const i of image.data.keys()) image.data[i] = random.integer(256);
  return image;
}

/** One square for each object, side by side. */
function squares(): Mask {
  const { width, height, objects } = videoSize;
  const data = new Uint8Array(width * height);
  const [side, top] = [Math.floor(width / objects / 2), Math.floor(height / 4)];
  for (let object = 0; object < objects; object++) {
    for (let y = top; y < top + side; y++) {
      const left = y * width + 2 * side * object;
      data.fill(object + 1, left, left + side);
    }
  }
  return { width, height, data };
}

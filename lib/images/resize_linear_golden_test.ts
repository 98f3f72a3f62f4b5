import { assert } from "@std/assert";
import { whereDataset } from "../testing/datasets.ts";
import { golden } from "../testing/goldens.ts";
import { decode, resizeLinear } from "./mod.ts";

whereDataset("davis-mini", (folder) => {
  golden("dense/video", "frames are resized as OpenCV resizes them", async (g) => {
    for (const [name, { resized: [height, width] }] of Object.entries<Frame>(g.json.frame)) {
      const [sequence, index] = name.split(".");
      const file = index!.padStart(5, "0");
      const exact = await decode(`${g.folder}/video_${sequence}_${file}_resized.png`);
      const frame = await decode(`${folder}/JPEGImages/480p/${sequence}/${file}.jpg`);
      const { data } = resizeLinear(frame, width, height);
      const differences = data.map((value, i) => Math.abs(value - exact.data[i]!));
      const equal = differences.filter((difference) => difference === 0).length / data.length;
      const worst = differences.reduce((a, b) => Math.max(a, b), 0);
      // What differs does so by the decoders of JPEG.
      assert(equal > 0.99 && worst <= 2, `${equal} are equal, at worst ${worst}`);
    }
  }, { files: "video.safetensors" });
});

type Frame = { resized: [height: number, width: number] };

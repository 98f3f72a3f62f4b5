import { alternate, type Told } from "./alternate.ts";
import { ourCommand, type Peer, peerCommand } from "./commands.ts";
import { writePhotos } from "./photos.ts";
import { Side } from "./side.ts";
import type { Setting } from "./task.ts";
import type { Work } from "./works.ts";

/** What was measured of a work. */
export type Measured = {
  work: string;
  unit: Work["unit"];
  ours: number;
  /** `null` without a peer. */
  peer: number | null;
  /** How much better ours is: a quotient of throughputs, or of memory. */
  ratio: number | null;
  engines: string[];
};

/** How to measure. */
export type MeasureOptions = {
  peer?: Peer;
  rounds?: number;
  runs?: number;
  threads?: number;
  /** How many JPEG files are made for the works that read some. */
  photos?: number;
  /** Told what is being done. */
  log?: (line: string) => void;
};

/**
 * Measures works, ours and the peer's by turns, and tells of each as soon as it is known.
 *
 * @throws {Error} If a side fails, such as a Python that lacks PyTorch.
 */
export async function* measure(
  works: readonly Work[],
  { peer, rounds, runs, threads = navigator.hardwareConcurrency, photos: count = 64, log }:
    MeasureOptions = {},
): AsyncGenerator<Measured, void, void> {
  const groups = Map.groupBy(works, ({ task }) => JSON.stringify(task));
  for (const group of groups.values()) {
    const [{ name, task }] = group;
    const reads = task.kind === "jpeg" || task.kind === "multicrop";
    const photos = reads ? await Deno.makeTempDir({ prefix: "mugs-bench-" }) : "";
    try {
      if (photos) await writePhotos(photos, count);
      const setting: Setting = { ...task, threads, photos };
      log?.(`${name}: preparing`);
      await using ours = await Side.start("our side", ourCommand(setting));
      await using theirs = peer
        ? await Side.start("the peer", peerCommand(peer, setting))
        : undefined;
      log?.(`${name}: measuring`);
      const told = await alternate(theirs ? [ours, theirs] : [ours], { rounds, runs });
      for (const work of group) yield compare(work, told);
    } finally {
      if (photos) await Deno.remove(photos, { recursive: true });
    }
  }
}

/** The numbers of a work from what its sides told, ours first. */
export function compare({ name, unit }: Work, told: readonly Told[]): Measured {
  const [ours, peer = null] = told.map((side) => value(unit, side));
  const [over, under] = unit === "MiB" ? [peer, ours] : [ours, peer];
  return {
    work: name,
    unit,
    ours,
    peer,
    ratio: peer === null ? null : over! / under!,
    engines: told.map(({ engine }) => engine),
  };
}

function value(unit: Work["unit"], { seconds, cpu, items, peakMemory }: Told): number {
  if (unit === "MiB") return peakMemory === null ? NaN : peakMemory / 2 ** 20;
  return items / (unit.endsWith("per core") ? cpu : seconds);
}

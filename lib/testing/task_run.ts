import { encode } from "../images/mod.ts";

const root = new URL("../../", import.meta.url);

/** Fields of a run of seconds on any backend: tests check that it ends, not what it learns. */
export const smallConfig = {
  batchSize: 4,
  width: 8,
  depth: 1,
  heads: 2,
  headHidden: 8,
  predictorHidden: 8,
  headOut: 4,
  bottleneck: 4,
  prototypes: 8,
  instanceQueue: 16,
  localGroupQueue: 16,
  memory: 16,
  neighbors: 2,
  localCrops: 1,
};

/** The same as flags of the command line. */
export const smallRun: string = Object.entries(smallConfig).map(([name, value]) =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${value}`
).join(" ");

/** How a task is started. */
export type TaskOptions = Omit<Deno.CommandOptions, "args"> & {
  /** Flags of Deno, by default those of `deno task`. */
  permissions?: string[];
};

/** A task with its flags, as `deno task` starts it from a folder. */
export function taskCommand(
  line: string,
  home: string,
  { env, permissions = ["-P"], ...options }: TaskOptions = {},
): Deno.Command {
  const [task, ...args] = line.split(" ");
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", ...permissions, `lib/tasks/${task}.ts`, ...args],
    cwd: root,
    env: { NO_COLOR: "1", INIT_CWD: home, ...env },
    ...options,
  });
}

/** Runs a task to its end. */
export async function endTask(
  line: string,
  home: string,
  options?: TaskOptions,
): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await taskCommand(line, home, options).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

/**
 * Runs a task to its end.
 *
 * @throws {Error} If it fails.
 */
export async function succeed(line: string, home: string): Promise<{ out: string; err: string }> {
  const { code, out, err } = await endTask(line, home);
  if (code !== 0) throw new Error(`${line} ended with ${code}: ${err}`);
  return { out, err };
}

/**
 * Writes images into `home/set`: two classes of plain colors, with eight images each for training
 * and two for testing.
 */
export async function writeImages(home: string): Promise<void> {
  for (const [c, name] of ["dark", "light"].entries()) {
    for (const [part, count] of [["train", 8], ["val", 2]] as const) {
      await Deno.mkdir(`${home}/set/${part}/${name}`, { recursive: true });
      for (let i = 0; i < count; i++) {
        const data = new Uint8Array(32 * 32 * 3).fill(150 * c + 5 * i);
        const png = await encode({ width: 32, height: 32, data });
        await Deno.writeFile(`${home}/set/${part}/${name}/${i}.png`, png);
      }
    }
  }
}

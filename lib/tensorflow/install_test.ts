import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { permittedTest } from "../testing/permitted.ts";
import { ascii, zip } from "../testing/pytorch_file.ts";
import { fetchBundle, holdsLibrary, isWhole } from "./fetch.ts";
import { install, userCache } from "./install.ts";
import { libraryNames } from "./library.ts";
import { load } from "./load.ts";
import type { Download } from "./pip.ts";
import type { WheelBundle } from "./wheels.ts";

/** A cache, and a bundle of one wheel that holds files with the names of the libraries. */
type Home = Disposable & {
  root: string;
  cache: string;
  wheel: string;
  bundle: WheelBundle;
  downloads: string[];
  download: Download;
  lines: string[];
  log: (line: string) => void;
};

function home(): Home {
  const root = Deno.makeTempDirSync();
  const bytes = zip([
    ...libraryNames().map((name): [string, Uint8Array] => [`tensorflow/${name}`, content(name)]),
    ["tensorflow/python/large.py", content("not needed")],
    ["nvidia/cublas/lib/libcublas.so.12", content("CUDA")],
    ["nvidia/cublas/include/cublas.h", content("not needed")],
    ["nvidia/cuda_nvcc/bin/ptxas", content("a program")],
  ]);
  const wheel = `${root}/a.whl`;
  Deno.writeFileSync(wheel, bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const wheels = [{ package: "fake", version: "1", platform: "any", sha256 }];
  const bundle = { name: "fake-1", what: "fake 1", wheels, download: bytes.length, needed: 1000 };
  const downloads: string[] = [], lines: string[] = [];
  return {
    root,
    cache: `${root}/cache`,
    wheel,
    bundle,
    downloads,
    async download({ package: name }, to) {
      downloads.push(name);
      await Deno.copyFile(wheel, `${to}/b.whl`);
    },
    lines,
    log: (line) => void lines.push(line),
    [Symbol.dispose]: () => Deno.removeSync(root, { recursive: true }),
  };
}

function content(text: string): Uint8Array {
  return Uint8Array.from(ascii(`${text}\n`.repeat(100)));
}

/** The names in a folder of the cache, without the lock. */
function listing(folder: string): string[] {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  return names.filter((name) => name !== "lock").sort();
}

/** Fetches in another process, taking its time. */
function spawn({ bundle, cache, wheel }: Home, milliseconds: number): Deno.ChildProcess {
  const code = `
    import { fetchBundle } from ${JSON.stringify(import.meta.resolve("./fetch.ts"))};
    const [bundle, cache, wheel, wait] = ${JSON.stringify([bundle, cache, wheel, milliseconds])};
    await fetchBundle(bundle, { cache, python: "python3", log: console.log, async download(_, to) {
      console.log("downloading");
      await new Promise((resolve) => setTimeout(resolve, wait));
      await Deno.copyFile(wheel, to + "/b.whl");
    } });`;
  const args = ["eval", "--no-config", code];
  return new Deno.Command(Deno.execPath(), { args, stdout: "piped", stderr: "piped" }).spawn();
}

const permissions = ["read", "write", "env", "run", "sys"] as const;

/** Runs without the folder that the environment may name. */
async function withoutNamed(f: () => Promise<void>): Promise<void> {
  const folder = Deno.env.get("MUGS_TENSORFLOW");
  Deno.env.delete("MUGS_TENSORFLOW");
  try {
    await f();
  } finally {
    if (folder !== undefined) Deno.env.set("MUGS_TENSORFLOW", folder);
  }
}

permittedTest(
  "a fetch unpacks the libraries and what CUDA needs, nothing else",
  permissions,
  async () => {
    using h = home();
    const folder = await fetchBundle(h.bundle, { ...h, python: "python3" });
    assertEquals(folder, `${h.cache}/fake-1/tensorflow`);
    assertEquals(listing(h.cache), ["fake-1"]);
    assertEquals(listing(`${h.cache}/fake-1`), ["contents.json", "nvidia", "tensorflow"]);
    assertEquals(listing(folder), libraryNames().toSorted());
    assertEquals(listing(`${h.cache}/fake-1/nvidia/cublas`), ["lib"]);
    const program = Deno.statSync(`${h.cache}/fake-1/nvidia/cuda_nvcc/bin/ptxas`);
    assertEquals(program.mode! & 0o777, 0o755);
    assert(await isWhole(h.bundle, h.cache));
  },
);

permittedTest("of two processes one fetches, and both get the library", permissions, async () => {
  using h = home();
  const first = spawn(h, 1500);
  const second = spawn(h, 1500);
  const outputs = await Promise.all([first.output(), second.output()]);
  const text = outputs.map(({ stdout }) => new TextDecoder().decode(stdout)).join("");
  assertEquals(outputs.map(({ code }) => code), [0, 0]);
  assertEquals(text.match(/^downloading$/gm)?.length, 1, text);
  assertStringIncludes(text, "waiting for it");
  assert(await isWhole(h.bundle, h.cache));
  assertEquals(listing(h.cache), ["fake-1"]);
});

permittedTest(
  "after a fetch was killed, the next one starts anew and removes what was left",
  permissions,
  async () => {
    using h = home();
    const killed = spawn(h, 60_000);
    const reader = killed.stdout.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; !text.includes("downloading");) {
      const { value, done } = await reader.read();
      assert(!done, `it ended: ${text}`);
      text += value;
    }
    killed.kill("SIGKILL");
    await killed.status;
    await reader.cancel();
    await killed.stderr.cancel();
    assertEquals(listing(h.cache).map((name) => name.slice(0, 7)), [".fetch-"]);
    await fetchBundle(h.bundle, { ...h, python: "python3" });
    assertEquals(listing(h.cache), ["fake-1"]);
    assert(await isWhole(h.bundle, h.cache));
  },
);

permittedTest(
  "a wheel of another content is refused and leaves nothing behind",
  permissions,
  async () => {
    using h = home();
    const download: Download = async (_, to) => await Deno.writeTextFile(`${to}/b.whl`, "other");
    const options = { ...h, python: "python3", download };
    await assertRejects(() => fetchBundle(h.bundle, options), Error, "its SHA-256 is");
    assertEquals(listing(h.cache), []);
  },
);

permittedTest(
  "a disk that is too small is noticed before anything is fetched",
  permissions,
  async () => {
    using h = home();
    const needed = 1e18;
    const options = { ...h, python: "python3" };
    await assertRejects(
      () => fetchBundle({ ...h.bundle, needed }, options),
      Error,
      "make room, or",
    );
    assertEquals([h.downloads, listing(h.cache)], [[], []]);
  },
);

permittedTest(
  "a library that has lost bytes in the cache is fetched anew",
  permissions,
  async () => {
    using h = home();
    await withoutNamed(async () => {
      const options = { ...h, bundles: [h.bundle], python: "python3" };
      const { folder } = await install(options);
      await install(options);
      assertEquals(h.downloads.length, 1);
      await Deno.truncate(`${folder}/${libraryNames()[1]}`, 10);
      assert(holdsLibrary(folder));
      await install(options);
      assertEquals(h.downloads.length, 2);
      assert(await isWhole(h.bundle, h.cache));
      assertStringIncludes(h.lines.join("\n"), "is damaged: fetching it anew");
    });
  },
);

permittedTest(
  "after a process died while opening the library, its content is compared",
  permissions,
  async () => {
    using h = home();
    await withoutNamed(async () => {
      const options = { ...h, bundles: [h.bundle], python: "python3" };
      const { folder, opening } = await install(options);
      const path = `${folder}/${libraryNames()[1]}`;
      opening!(); // and never disposed of
      await install(options);
      assertEquals(h.downloads.length, 1, "the library is sound");
      await Deno.writeFile(path, (await Deno.readFile(path)).fill(0, 50, 60));
      await install(options);
      assertEquals(h.downloads.length, 2);
      assertEquals(await Deno.readFile(path), content(libraryNames()[1]));
      opening!()[Symbol.dispose]();
      assertEquals(listing(`${h.cache}/fake-1`), ["contents.json", "nvidia", "tensorflow"]);
    });
  },
);

permittedTest(
  "a file in the cache that is no library is fetched anew once",
  [...permissions, "ffi"],
  async () => {
    using h = home();
    await withoutNamed(async () => {
      const options = { ...h, bundles: [h.bundle], python: "python3" };
      await assertRejects(() => load(options), Error, "Cannot load TensorFlow's C library");
      assertEquals(h.downloads.length, 2);
    });
  },
);

permittedTest(
  "if the first choice cannot be fetched, the second one is",
  permissions,
  async () => {
    using h = home();
    await withoutNamed(async () => {
      const large = { ...h.bundle, name: "cuda-1", needed: 1e18 };
      const { folder } = await install({ ...h, bundles: [large, h.bundle], python: "python3" });
      assertEquals(folder, `${h.cache}/fake-1/tensorflow`);
      assertStringIncludes(h.lines.join("\n"), "continuing without the GPU");
    });
  },
);

permittedTest(
  "MUGS_TENSORFLOW may be relative to where the task was called",
  permissions,
  async () => {
    using h = home();
    await fetchBundle(h.bundle, { ...h, python: "python3" });
    const before = Deno.env.get("INIT_CWD");
    Deno.env.set("INIT_CWD", h.cache);
    try {
      const { folder } = await install({ folder: "fake-1/tensorflow" });
      assertEquals(folder, `${h.cache}/fake-1/tensorflow`);
      await assertRejects(
        () => install({ folder: "nowhere" }),
        Error,
        `${h.cache}/nowhere that MUGS`,
      );
    } finally {
      if (before === undefined) Deno.env.delete("INIT_CWD");
      else Deno.env.set("INIT_CWD", before);
    }
  },
);

permittedTest(
  "without Python nothing is fetched, and the error says what to do",
  permissions,
  async () => {
    using h = home();
    await withoutNamed(async () => {
      const options = { cache: h.cache, python: "no-such-python", log() {}, bundles: [h.bundle] };
      await assertRejects(() => install(options), Error, "install Python 3 with pip");
      assertEquals(listing(h.cache), []);
    });
  },
);

permittedTest(
  "a cache that cannot be written to is named, with what to do",
  permissions,
  async () => {
    using h = home();
    await Deno.mkdir(`${h.cache}/lock`, { recursive: true }); // nobody can write this file
    await withoutNamed(async () => {
      const options = { ...h, bundles: [h.bundle], python: "python3" };
      const message = `Cannot keep TensorFlow's C library in ${h.cache}`;
      const error = await assertRejects(() => install(options), Error, message);
      assertStringIncludes(error.message, "set XDG_CACHE_HOME to a folder");
    });
  },
);

permittedTest("the cache lies in the user's folder, whatever is not set", permissions, () => {
  const names = ["HOME", "XDG_CACHE_HOME"];
  const before = names.map((name) => Deno.env.get(name));
  const at = (values: (string | undefined)[]) => {
    names.forEach((name, i) => {
      const value = values[i];
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    });
    return userCache();
  };
  try {
    const here = at(["/home/a", undefined])!;
    assert(here.startsWith("/home/a/") && here.endsWith("/mugs"), here);
    assertEquals(at(["/home/a", ""]), here);
    assertEquals(at(["/home/a", "relative"]), here);
    assertEquals(at(["/home/a", "/cache"]), "/cache/mugs");
    assert(at([undefined, undefined])?.startsWith("/"), "the system knows the user's folder");
  } finally {
    at(before);
  }
});

permittedTest("the error of a download gives pip's own reason", permissions, async () => {
  using h = home();
  const python = `${h.root}/python`;
  await Deno.writeTextFile(
    python,
    `#!/bin/sh
case "$*" in
  *"pip download"*) echo "WARNING: Retrying" >&2; echo "ERROR: No route" >&2; exit 1 ;;
esac
`,
    { mode: 0o755 },
  );
  await withoutNamed(async () => {
    const options = { cache: h.cache, python, log() {}, bundles: [h.bundle] };
    await assertRejects(
      () => install(options),
      Error,
      "Cannot download fake 1: No route; check the",
    );
  });
});

permittedTest("an error names a platform without a library", permissions, async () => {
  using h = home();
  await withoutNamed(async () => {
    const options = { cache: h.cache, python: "no-such-python", bundles: [] };
    const message = `none is published for ${Deno.build.target}`;
    await assertRejects(() => install(options), Error, message);
  });
});

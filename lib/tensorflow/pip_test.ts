import { assertEquals, assertRejects } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { choosePython, findPip, pipDownload } from "./pip.ts";
import { optionsOf } from "./pip_options.ts";
import { isPython, runPython } from "./python.ts";

const permissions = ["read", "write", "env", "run"] as const;

/** Runs with variables of the environment, of which `undefined` are absent. */
async function withEnvironment(
  variables: Record<string, string | undefined>,
  f: () => Promise<void>,
): Promise<void> {
  const set = (entries: [string, string | undefined][]) => {
    for (const [name, value] of entries) {
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    }
  };
  const before = Object.keys(variables).map((name): [string, string | undefined] => [
    name,
    Deno.env.get(name),
  ]);
  set(Object.entries(variables));
  try {
    await f();
  } finally {
    set(before);
  }
}

/** Writes programs for `sh` into folders, and gives the `PATH` of these folders. */
async function programs(home: string, scripts: Record<string, string>): Promise<string> {
  const folders: string[] = [];
  for (const [path, script] of Object.entries(scripts)) {
    const folder = `${home}/${path.slice(0, path.lastIndexOf("/"))}`;
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(`${home}/${path}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    if (!folders.includes(folder)) folders.push(folder);
  }
  return folders.join(":");
}

const withPip = 'case "$*" in *--version*) echo "pip 9.9 from /x";; esac';
const withoutPip = 'case "$*" in *"-m pip"*) echo "No module named pip" >&2; exit 1;; esac';
const broken = "exit 1";

permittedTest("a Python with pip is used that lies behind one without", permissions, async () => {
  const home = await Deno.makeTempDir();
  const cases: [Record<string, string>, string | null][] = [
    [{ "venv/python3": withoutPip, "usr/python3": withPip }, "usr/python3"],
    [{ "venv/python3": withoutPip, "usr/python": withPip }, "usr/python"],
    [{ "venv/python3": broken, "bin/uv": 'echo "uv 0.9.1 (x)"' }, "bin/uv"],
    [{ "venv/python3": withoutPip, "bin/uv": broken }, null],
  ];
  for (const [i, [scripts, expected]] of cases.entries()) {
    const folder = `${home}/${i}`;
    const PATH = await programs(folder, scripts);
    await withEnvironment({ PATH }, async () => {
      assertEquals((await findPip())?.path ?? null, expected && `${folder}/${expected}`);
    });
  }
  await Deno.remove(home, { recursive: true });
});

permittedTest(
  "where no Python has pip, the error names all that were tried",
  permissions,
  async () => {
    const home = await Deno.makeTempDir();
    const PATH = await programs(home, { "a/python3": withoutPip, "b/python3": broken });
    await withEnvironment({ PATH }, async () => {
      const error = await assertRejects(() => choosePython(undefined, { withPip: true }), Error);
      assertEquals(
        error.message.split("; ")[0],
        `Cannot fetch TensorFlow's C library: ${home}/a/python3, ${home}/b/python3 cannot be run ` +
          "with pip",
      );
      assertEquals((await choosePython(undefined, { withPip: false })).path, `${home}/a/python3`);
    });
    await Deno.remove(home, { recursive: true });
  },
);

permittedTest(
  "pip is told how packages are reached, and nothing else of the user's settings",
  permissions,
  async () => {
    const home = await Deno.makeTempDir();
    const settings = ["global.index-url='https://mirror/simple'", "global.target='/t'"];
    settings.push("download.no-binary=':all:'", ":env:.user='1'");
    const pip = `case "$*" in
  *"config list"*) printf '%s\\n' ${settings.map((line) => `"${line}"`).join(" ")};;
  *) printf '%s\\n' "$*" "$PIP_CONFIG_FILE" "$PYTHONHOME" > ${home}/call;;
esac`;
    await programs(home, { "bin/python3": pip });
    const variables = { PIP_CONFIG_FILE: `${home}/pip.conf`, PYTHONHOME: "/nowhere" };
    await withEnvironment(variables, async () => {
      const download = pipDownload({ pip: [`${home}/bin/python3`] });
      const wheel = { package: "fake", version: "1", platform: "any", sha256: "" };
      await download(wheel, home);
    });
    const [words = "", ...values] = (await Deno.readTextFile(`${home}/call`)).split("\n");
    assertEquals(values, ["/dev/null", "", ""]);
    assertEquals(words.includes("download --isolated "), true, words);
    assertEquals(words.includes("--index-url https://mirror/simple"), true, words);
    assertEquals(/--target|--user|--no-binary/.test(words), false, words);
    await Deno.remove(home, { recursive: true });
  },
);

Deno.test("optionsOf() gives a command's settings before general ones, the environment's before both", () => {
  const list = [
    ":env:.cert='/c.pem'",
    "download.index-url='https://b'",
    "global.extra-index-url='https://x\\nhttps://y'",
    "global.index-url='https://a'",
    "global.no-index='false'",
    'global.proxy="it\'s"',
    "global.require-virtualenv='true'",
    "install.find-links='/wheels'",
  ].join("\n");
  assertEquals(
    optionsOf(list).join(" "),
    [
      "--extra-index-url https://x --extra-index-url https://y",
      "--index-url https://b --proxy it's --cert /c.pem",
    ].join(" "),
  );
  assertEquals(optionsOf("global.no-index='True'"), ["--no-index"]);
  assertEquals(optionsOf(""), []);
});

permittedTest("Python runs whatever its variables say", permissions, async () => {
  const python = await choosePython(undefined, { withPip: false }).catch(() => null);
  if (python === null) return; // there is none on this machine
  const home = await Deno.makeTempDir();
  await Deno.writeTextFile(`${home}/zipfile.py`, "raise SystemExit('another one')");
  const variables = {
    PYTHONHOME: "/nowhere",
    PYTHONPATH: home,
    PYTHONWARNINGS: "error",
    PYTHONINSPECT: "1",
    LANG: "xx_YY.ISO-8859-1",
    HOME: undefined,
  };
  await withEnvironment(variables, async () => {
    assertEquals(await isPython(python), true);
    const { ok } = await runPython(python.python, ["-c", "import zipfile; zipfile.ZipFile"]);
    assertEquals(ok, true);
  });
  await Deno.remove(home, { recursive: true });
});

import { runPython } from "./python.ts";

/** What pip is told in any case: nothing of the user's environment changes what it does. */
export const pipOptions: readonly string[] = [
  "--isolated",
  "--disable-pip-version-check",
  "--no-input",
];

/** No file of settings is read, either. */
export const pipEnvironment: Readonly<Record<string, string>> = {
  PIP_CONFIG_FILE: Deno.build.os === "windows" ? "nul" : "/dev/null",
};

/** The settings that say how packages are reached, by what stands between their values. */
const settings: Readonly<Record<string, "one" | "several" | "switch">> = {
  "index-url": "one",
  "extra-index-url": "several",
  "find-links": "several",
  "no-index": "switch",
  "trusted-host": "several",
  proxy: "one",
  cert: "one",
  "client-cert": "one",
  timeout: "one",
  "default-timeout": "one",
  "keyring-provider": "one",
};

/**
 * The user's settings of pip that say how packages are reached, such as proxies and mirrors, as
 * arguments. All others, such as a target folder or that there must be a virtual environment, are
 * not for a program's own use of pip.
 *
 * @param pip The words with which its command line begins.
 */
export async function networkOptions(pip: readonly string[]): Promise<string[]> {
  const { ok, stdout } = await runPython(pip, ["config", "list"]);
  return ok ? optionsOf(stdout) : [];
}

/** The same, from what `pip config list` prints: `global.index-url='https://...'`. */
export function optionsOf(list: string): string[] {
  const values = new Map<string, string>();
  for (const section of ["global", "download", ":env:"]) { // the later ones count
    for (const line of list.split("\n")) {
      const [key = "", value = ""] = line.split(/=(.*)/s);
      const name = key.slice(section.length + 1);
      if (key === `${section}.${name}` && settings[name]) values.set(name, text(value));
    }
  }
  return [...values].flatMap(([name, value]) => {
    const kind = settings[name];
    if (kind === "switch") return /^(1|true|yes|on|t|y)$/i.test(value) ? [`--${name}`] : [];
    const words = kind === "several" ? value.split(/\s+/) : [value];
    return words.filter(Boolean).flatMap((word) => [`--${name}`, word]);
  });
}

/** A text from Python's notation of it. */
function text(literal: string): string {
  const [, , inside = literal.trim()] = /^(['"])(.*)\1$/s.exec(literal.trim()) ?? [];
  return inside.replace(/\\(.)/g, (_, letter) => letter === "n" ? "\n" : letter);
}

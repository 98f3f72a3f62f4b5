import { presets } from "../configs/mod.ts";
import { camel, configFlags } from "./config_flags.ts";
import { exitCodes } from "./exit_codes.ts";
import { expected, type Flags } from "./flags.ts";

/** What a task's help says beside its flags. */
export type Manual = { usage: string; about: string; flags: Flags; config: boolean };

/** The text of `--help`: the task's own flags, then those of the configuration with the defaults of the preset. */
export function help({ usage, about, flags, config }: Manual, preset = "tiny"): string {
  const own = Object.entries(flags)
    .filter(([name]) => !config || !Object.hasOwn(configFlags, name));
  const parts = [`Usage: deno task ${usage}`, about, section("Options", own.map(line))];
  if (config) {
    const values = presets[preset] as unknown as Record<string, unknown>;
    const lines = Object.entries(configFlags).map(([name, flag]) => {
      const [left, right] = line([flag.kind === "switch" ? `[no-]${name}` : name, flag]);
      return [left, `${right} [${shown(values[camel(name)])}]`] as [string, string];
    });
    parts.push(section(`Configuration [of the preset ${preset}]`, lines));
  }
  const codes = Object.values(exitCodes).map(({ code, about }) => [`${code}`, about] as const);
  parts.push(section("Exit codes", [["0", "done"], ...codes]));
  return parts.join("\n\n") + "\n";
}

function line([name, flag]: [string, Flags[string]]): [string, string] {
  if (flag.kind === "switch") return [`--${name}`, flag.about];
  if (flag.kind === "text") return [`--${name} ${flag.placeholder}`, flag.about];
  return [`--${name}`, `${flag.about}: ${expected(flag)}`];
}

function section(title: string, lines: (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([left]) => left.length));
  return [`${title}:`, ...lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)].join(
    "\n",
  );
}

/** A value as it is written on the command line. */
export function shown(value: unknown): string {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "on" : "off";
  return String(value);
}

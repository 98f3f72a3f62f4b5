import { escapeControls } from "../images/mod.ts";
import { readConfig } from "../runs/mod.ts";
import type { Weights } from "./weights.ts";

/** What a request repeats of a run that it continues. */
type Repeated = {
  protocol: string;
  preset?: string | undefined;
  overrides?: object;
  weights: Weights;
};

/** The setup of the run that is to be continued: a request may repeat it and not change it. */
export async function storedSetup<Setup extends { config: object }>(
  path: string | undefined,
  request: Repeated,
): Promise<Setup> {
  if (path === undefined) throw new TypeError("`resume` needs `out`, the folder of a run");
  const record = await readConfig({ path });
  const setup = record?.resolved as Setup | undefined;
  if (!setup?.config) {
    throw new Error(
      `Cannot continue: there is no run in ${escapeControls(path)}; without \`resume\` one begins`,
    );
  }
  if (record!.checkpoint !== request.weights.fingerprint) {
    throw new Error(
      `Cannot continue in ${escapeControls(path)}: it began with other weights than ` +
        `${escapeControls(request.weights.path)}; ` +
        "give those, or begin another run in another `out`",
    );
  }
  const { protocol, preset, overrides } = request;
  const fields: Record<string, unknown> = { ...setup.config };
  for (const [name, value] of Object.entries({ protocol, preset, ...overrides })) {
    if (value === undefined || String(fields[name]) === String(value)) continue;
    throw new Error(
      `Cannot continue with \`${name}\` ${value} in ${escapeControls(path)}: it has ` +
        `\`${name}\` ${fields[name]}; leave the flag out, or begin another run in another \`out\``,
    );
  }
  return setup;
}

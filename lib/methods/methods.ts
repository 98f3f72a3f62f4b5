import type { MethodName } from "../configs/mod.ts";
import { byol } from "./byol/mod.ts";
import { deepclusterV2 } from "./deepcluster_v2/mod.ts";
import { dino } from "./dino/mod.ts";
import type { Method } from "./method.ts";
import { ibot } from "./ibot/mod.ts";
import { infoMin } from "./info_min/mod.ts";
import { mocoV3 } from "./moco_v3/mod.ts";
import { mugs } from "./mugs/mod.ts";
import { simclr } from "./simclr/mod.ts";
import { simsiam } from "./simsiam/mod.ts";
import { swav } from "./swav/mod.ts";

/** All methods: every recipe of `configs` with its functions. */
export const methods: Readonly<Record<MethodName, Method>> = {
  mugs,
  dino,
  moco_v3: mocoV3,
  ibot,
  simsiam,
  swav,
  deepcluster_v2: deepclusterV2,
  byol,
  simclr,
  info_min: infoMin,
};

/**
 * The method of a configuration.
 *
 * @throws {RangeError} If there is no such method.
 */
export function methodOf({ method }: { method: string }): Method {
  if (Object.hasOwn(methods, method)) return methods[method as MethodName];
  const names = Object.keys(methods).join(", ");
  throw new RangeError(`Cannot use the method "${method}": there are ${names}`);
}

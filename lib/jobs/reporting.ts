import { escapeControls } from "../images/mod.ts";
import type { Fact } from "../training/mod.ts";
import type { Observer } from "./observer.ts";

/** Says that signals are heeded, until it is disposed of. */
export function heeding(observer: Observer): Disposable {
  observer.heed?.(true);
  return { [Symbol.dispose]: () => observer.heed?.(false) };
}

/** Passes on what is known of a step; that features collapse is said once. */
export function reporter(observer: Observer): (fact: Fact) => void {
  let warned = false;
  return (fact) => {
    observer.step?.(fact);
    for (const { id, reason } of fact.skipped) {
      observer.tell(escapeControls(`skipped ${id}: ${reason}`));
    }
    if (fact.collapse && !warned) observer.tell(`warning: ${fact.collapse}`);
    warned ||= fact.collapse !== null;
  };
}

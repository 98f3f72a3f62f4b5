/** Controls, line separators, lone surrogates, and marks that turn the direction of text. */
const unprintable =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A name as it can be printed: characters that would steer a terminal become escapes. */
export function escapeControls(name: string): string {
  return name.replace(unprintable, (character) => {
    const code = character.codePointAt(0)!;
    const short = { 9: "\\t", 10: "\\n", 13: "\\r" }[code];
    return short ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`);
  });
}

/** Text as it can be printed: each of its lines as by {@linkcode escapeControls}. */
export function escapeText(text: string): string {
  return text.split("\n").map(escapeControls).join("\n");
}

/** JSON of a value as it can be printed: what would steer a terminal is escaped as JSON has it. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(unprintable, (character) => {
    return `\\u${hex(character.codePointAt(0)!, 4)}`;
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

import { assertThrows } from "@std/assert";
import { withAdvice } from "./weights.ts";

const refuse = (error: Error) => () =>
  withAdvice(() => {
    throw error;
  });

Deno.test("withAdvice() says what to do about a file that is damaged, or not", () => {
  assertThrows(
    refuse(new SyntaxError("Cannot read x: it is truncated")),
    SyntaxError,
    "Cannot read x: it is truncated; fetch the file anew, or take another",
  );
  assertThrows(
    refuse(new SyntaxError("Cannot read x: it is odd", { cause: "save it anew" })),
    SyntaxError,
    "Cannot read x: it is odd; save it anew",
  );
  assertThrows(refuse(new TypeError("Cannot use x")), TypeError, "Cannot use x");
});

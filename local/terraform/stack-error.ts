/** The synthesized stack cannot be served. The message is one line that names the address and what to change. */
export class StackError extends Error {
  override readonly name = "StackError";
}

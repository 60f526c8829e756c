/** An expression has no value. The message does not say where it stands: that is for the caller to add. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

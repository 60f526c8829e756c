/** An error response of the API: of a function, or of the gateway in front of it. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    message: string,
    /** Seconds to wait before another try, if the response says so. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

/** Reads the envelope, or `{"message"}` of an HTTP API's gateway; other bodies are not repeated. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const { message } = (typeof body === "object" && body !== null ? body : {}) as { readonly message?: unknown };
  const text = typeof message === "string" ? message : response.statusText || `Status ${response.status}`;
  return new ApiError(response.status, text, retryAfter(response));
}

/** `Retry-After` in seconds; its other form, a date, is not used by this API. */
export function retryAfter({ headers }: Response): number | undefined {
  const text = headers.get("retry-after");
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

import { once } from "node:events";
import type { IncomingMessage } from "node:http";

export interface HttpResponse {
  readonly status: number;
  /** AWS's id of the request. */
  readonly requestId: string | undefined;
  readonly text: string;
}

/**
 * Sends one POST over kept-alive connections. Redirects are not followed. Node's own client instead of `fetch`: see
 * docs/decisions/0006-cognito-over-node-http.md.
 * @throws {Error} Node's network errors, or an AbortError when `signal` aborts
 */
export async function post(
  url: URL,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<HttpResponse> {
  // Imported on first use: loading the client would add to every cold start.
  const { default: client } = await (url.protocol === "https:" ? import("node:https") : import("node:http"));
  const request = client.request(url, { method: "POST", headers, signal });
  // `once` and the loop below report errors. This listener covers the moment between them, where an error would be unhandled.
  request.on("error", () => {});
  request.end(body);
  try {
    const [response] = (await once(request, "response")) as [IncomingMessage];
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) text += chunk;
    return { status: response.statusCode ?? 0, requestId: response.headers["x-amzn-requestid"]?.toString(), text };
  } catch (error) {
    // Cognito closed the idle connection before it read the request, so sending it again repeats nothing.
    if (request.reusedSocket && (error as NodeJS.ErrnoException).code === "ECONNRESET" && !signal.aborted) {
      return post(url, headers, body, signal);
    }
    throw error;
  }
}

import { once } from "node:events";
import type { IncomingMessage } from "node:http";

export interface Answered {
  readonly status: number;
  /** AWS's own number of the call. */
  readonly requestId: string | undefined;
  readonly text: string;
}

/**
 * One POST, over connections that stay open between calls. Node's own client instead of `fetch`: see decision 6.
 *
 * @throws whatever the network does, or the signal's end
 */
export async function post(
  url: URL,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<Answered> {
  // Loaded by the first call, so that importing a function costs little more than importing an empty module.
  const { default: client } = await (url.protocol === "https:" ? import("node:https") : import("node:http"));
  const sent = client.request(url, { method: "POST", headers, signal });
  sent.on("error", () => {}); // `once` and the loop below hear of it; but not if it comes between them
  sent.end(body);
  try {
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    let text = "";
    for await (const chunk of answer.setEncoding("utf8")) text += chunk;
    return { status: answer.statusCode ?? 0, requestId: answer.headers["x-amzn-requestid"]?.toString(), text };
  } catch (error) {
    // An open connection that the other side had closed meanwhile: it has not read this request.
    if (sent.reusedSocket && (error as NodeJS.ErrnoException).code === "ECONNRESET" && !signal.aborted) {
      return post(url, headers, body, signal);
    }
    throw error;
  }
}

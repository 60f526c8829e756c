import { environment } from "../environment";
import { hmacSha256, sha256 } from "./digest";

/** A POST without a query string. */
export interface PostRequest {
  readonly url: URL;
  readonly region: string;
  /** Service prefix, as in the host name: `cognito-idp`. */
  readonly service: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Adds the headers of Signature Version 4, made with the function's own credentials:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @throws {ConfigurationError} without AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY
 */
export async function sign(
  { url, region, service, headers, body }: PostRequest,
  now = new Date(),
): Promise<Record<string, string>> {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const sessionToken = process.env.AWS_SESSION_TOKEN;
  const all: Record<string, string> = {
    ...headers,
    "X-Amz-Date": time,
    ...(sessionToken && { "X-Amz-Security-Token": sessionToken }),
  };
  const lines = Object.entries({ ...all, Host: url.host })
    .map(([name, value]) => `${name.toLowerCase()}:${value}\n`)
    .sort();
  const names = lines.map((line) => line.split(":", 1)).join(";");
  const request = ["POST", url.pathname, "", lines.join(""), names, await hash(body)].join("\n");
  const scope = [time.slice(0, 8), region, service, "aws4_request"];
  const text = ["AWS4-HMAC-SHA256", time, scope.join("/"), await hash(request)].join("\n");
  let key: string | Buffer = `AWS4${environment("AWS_SECRET_ACCESS_KEY")}`;
  for (const part of scope) key = await hmacSha256(key, part);
  const credential = `${environment("AWS_ACCESS_KEY_ID")}/${scope.join("/")}`;
  const signature = (await hmacSha256(key, text)).toString("hex");
  return {
    ...all,
    Authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

const hash = async (text: string) => (await sha256(text)).toString("hex");

import { createIam } from "../../../local/aws/iam";
import type { InvokeResult } from "../../../local/lambda/function-error";
import { createFunctions, type Functions } from "../../../local/lambda/functions";
import { readStack } from "../../../local/terraform/read-stack";
import { restStack, writeStack } from "../api-gateway/rest-stack";

const opened: Functions[] = [];
afterAll(() => Promise.all(opened.map((functions) => functions.close())));

/** A stack with one function, `one`, made of this source. */
export function open(
  source: string,
  values: Record<string, unknown> = {},
  change: (folder: string) => void = () => undefined,
) {
  const json = restStack([{ method: "GET", path: "/one", function: "one" }]);
  Object.assign(json.resource["aws_lambda_function"]?.["one"] ?? {}, values);
  const folder = writeStack(json, { one: source });
  change(folder);
  const stack = readStack(folder);
  const logs: string[] = [];
  const environment = () => ({ AWS_ENDPOINT_URL: "http://127.0.0.1:9229" });
  const functions = createFunctions({
    stack,
    iam: createIam(stack),
    environment,
    log: (line) => logs.push(line),
  });
  opened.push(functions);
  const invoke = (event: unknown = {}) => functions.invoke("one", JSON.stringify(event));
  return { functions, invoke, logs, stack, folder };
}

export const value = (result: InvokeResult): unknown => ("payload" in result ? JSON.parse(result.payload) : result);
export const failure = (result: InvokeResult) => ("error" in result ? result.error : undefined);

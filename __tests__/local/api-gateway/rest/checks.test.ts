import { add, addMock, type Resources, ref, restStack, type Served, serve } from "../rest-stack";

const api = { rest_api_id: ref("aws_api_gateway_rest_api.api.id") };
const envelope =
  '{"message":$context.error.messageString,"error":true,"type":"$context.error.responseType","id":"$context.requestId"}';

let clock = 0;
let served: Served;
beforeAll(async () => {
  const json = restStack([
    { method: "POST", path: "/checked", function: "echo", values: checked },
    {
      method: "GET",
      path: "/needs",
      function: "echo",
      values: {
        request_validator_id: checked.request_validator_id,
        request_parameters: {
          "method.request.querystring.a": true,
          "method.request.header.X-B": true,
          "method.request.querystring.c": false,
        },
      },
    },
    {
      method: "GET",
      path: "/needs/{id}",
      function: "echo",
      values: {
        request_validator_id: checked.request_validator_id,
        // `other` is no parameter of the resource, so that every request lacks it.
        request_parameters: Object.fromEntries(
          ["querystring.q", "path.other", "header.X-B", "path.id", "header.X-A"].map((name) => [
            `method.request.${name}`,
            true,
          ]),
        ),
      },
    },
    { method: "GET", path: "/limited/{id}", function: "echo" },
    { method: "GET", path: "/other", function: "echo" },
    { method: "GET", path: "/unpermitted", function: "mirror" },
    { method: "GET", path: "/slow", function: "slow" },
  ]);
  addGuards(json.resource);
  Object.assign(json.resource["aws_api_gateway_integration"]?.["GET_slow"] ?? {}, { timeout_milliseconds: 50 });
  delete json.resource["aws_lambda_permission"]?.["GET_unpermitted"];
  served = await serve(json, {
    now: () => clock,
    sources: {
      echo: "export const handler = async (event) => ({ body: JSON.stringify(event) });",
      mirror: "export const handler = async () => ({});",
      slow: "export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000, {}));",
    },
  });
});
beforeEach(() => {
  clock += 3_600_000;
});

const checked = {
  request_validator_id: ref("aws_api_gateway_request_validator.all.id"),
  request_models: { "application/json": ref("aws_api_gateway_model.body.name") },
};

function addGuards(resource: Resources): void {
  const schema = {
    $schema: "http://json-schema.org/draft-04/schema#",
    type: "object",
    required: ["a"],
    properties: { a: { type: "integer", minimum: 0, exclusiveMinimum: true } },
    additionalProperties: false,
  };
  add(resource, "aws_api_gateway_request_validator", "all", {
    ...api,
    validate_request_body: true,
    validate_request_parameters: true,
  });
  add(resource, "aws_api_gateway_model", "body", {
    ...api,
    name: "Body",
    content_type: "application/json",
    schema: JSON.stringify(schema),
  });
  const stage = { ...api, stage_name: ref("aws_api_gateway_stage.stage.stage_name") };
  add(resource, "aws_api_gateway_method_settings", "all", {
    ...stage,
    method_path: "*/*",
    settings: { throttling_rate_limit: 10, throttling_burst_limit: 4 },
  });
  add(resource, "aws_api_gateway_method_settings", "one", {
    ...stage,
    method_path: "limited/{id}/GET",
    settings: [{ throttling_rate_limit: 2, throttling_burst_limit: 2 }],
  });
  add(resource, "aws_api_gateway_gateway_response", "throttled", {
    ...api,
    response_type: "THROTTLED",
    response_parameters: {
      "gatewayresponse.header.Retry-After": "'1'",
      "gatewayresponse.header.X-Seen": "method.request.header.X-Sent",
    },
    response_templates: { "application/json": envelope },
  });
  add(resource, "aws_api_gateway_gateway_response", "client", {
    ...api,
    response_type: "DEFAULT_4XX",
    response_templates: { "application/json": envelope },
  });
  add(resource, "aws_api_gateway_gateway_response", "timeout", {
    ...api,
    response_type: "INTEGRATION_TIMEOUT",
    status_code: "503",
  });
  addMock(resource, "OPTIONS", "/checked", { status: "204", parameters: { "method.response.header.X-A": "'b'" } });
}

const post = (body: string, headers: Record<string, string> = { "content-type": "application/json" }) =>
  served.call("POST", "/v1/checked", { body, headers });

test("passes a body that its model accepts", async () => {
  expect((await post('{"a":1}')).status).toBe(200);
});

test.each([
  ["breaks its model", '{"a":"1"}'],
  ["lacks a required field", "{}"],
  ["has an unknown field", '{"a":1,"b":2}'],
  ["breaks draft-04's exclusive minimum", '{"a":0}'],
  ["is no JSON", "{"],
  ["is empty", ""],
])("responds with 400 to a body that %s", async (_, body) => {
  const reply = await post(body);
  expect([reply.status, reply.json()["message"], reply.json()["type"]]).toEqual([
    400,
    "Invalid request body",
    "BAD_REQUEST_BODY",
  ]);
  expect(reply.headers["x-amzn-errortype"]).toBe("BadRequestException");
});

test("checks a body without a content type as JSON, and one with parameters by its media type", async () => {
  expect((await post("{}", {})).status).toBe(400);
  expect((await post("{}", { "content-type": "Application/JSON; charset=utf-8" })).status).toBe(400);
});

test("checks bodies against the model as it is now, not as an earlier stack of the same API had it", async () => {
  const json = restStack([{ method: "POST", path: "/checked", function: "echo", values: checked }]);
  addGuards(json.resource);
  Object.assign(json.resource.aws_api_gateway_model?.body ?? {}, { schema: '{"required":["later"]}' });
  const later = await serve(json);
  expect((await later.call("POST", "/v1/checked", { body: '{"a":1}' })).status).toBe(400);
  expect((await later.call("POST", "/v1/checked", { body: '{"later":1}' })).status).toBe(200);
});

test("does not check a content type without a model", async () => {
  expect((await post("a=b", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(200);
});

test("names every required parameter that is missing: headers, path, query", async () => {
  const message = async (path: string, headers = {}) => {
    const reply = await served.call("GET", path, { headers });
    return reply.status === 400 ? reply.json()["message"] : reply.status;
  };
  expect(await message("/v1/needs")).toBe("Missing required request parameters: [X-B, a]");
  expect(await message("/v1/needs?a=", { "x-b": "2" })).toBe("Missing required request parameters: [a]");
  expect(await message("/v1/needs?a=1", { "x-b": "2" })).toBe(200);
  expect(await message("/v1/needs/1")).toBe("Missing required request parameters: [X-A, X-B, other, q]");
});

test("throttles a method at its own limit and refills with time", async () => {
  const statuses = async (count: number) => {
    const replies = [];
    for (let i = 0; i < count; i++) replies.push((await served.call("GET", `/v1/limited/${i}`)).status);
    return replies;
  };
  expect(await statuses(3)).toEqual([200, 200, 429]);
  clock += 499;
  expect(await statuses(1)).toEqual([429]);
  clock += 1;
  expect(await statuses(2)).toEqual([200, 429]);
  clock += 60_000;
  expect(await statuses(3)).toEqual([200, 200, 429]);
});

test("gives each method its own bucket of the stage's limit", async () => {
  const replies = await Promise.all(Array.from({ length: 5 }, () => served.call("GET", "/v1/other")));
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 429]);
  expect((await served.call("GET", "/v1/needs?a=1", { headers: { "x-b": "2" } })).status).toBe(200);
});

test("shapes the error of a throttled request by its gateway response, with headers from the request and static ones", async () => {
  for (let i = 0; i < 2; i++) await served.call("GET", "/v1/limited/1");
  const reply = await served.call("GET", "/v1/limited/1", {
    headers: { "X-Sent": "canary", "x-amzn-RequestId": "mine" },
  });
  expect(reply.headers).toMatchObject({
    "retry-after": "1",
    "x-seen": "canary",
    "x-amzn-errortype": "TooManyRequestsException",
  });
  expect(reply.json()).toEqual({ message: "Too Many Requests", error: true, type: "THROTTLED", id: "mine" });
});

test("falls back to DEFAULT_4XX for a type that is not defined, and to AWS's own shape for 5xx", async () => {
  expect((await served.call("GET", "/v1/nothing")).json()).toMatchObject({
    message: "Missing Authentication Token",
    type: "MISSING_AUTHENTICATION_TOKEN",
  });
  expect((await served.call("GET", "/v1/unpermitted")).json()).toEqual({ message: "Internal server error" });
});

test("responds with 500 when no permission lets this method invoke the function, and logs why", async () => {
  const reply = await served.call("GET", "/v1/unpermitted");
  expect([reply.status, reply.headers["x-amzn-errortype"]]).toEqual([500, "InternalServerErrorException"]);
  expect(served.logs.join("\n")).toContain(
    "no permission to invoke arn:aws:lambda:eu-west-1:000000000000:function:mirror",
  );
});

test("responds with 504 to an integration that takes too long, whose status its gateway response may change", async () => {
  const reply = await served.call("GET", "/v1/slow");
  expect([reply.status, reply.json()]).toEqual([503, { message: "Endpoint request timed out" }]);
});

test("serves MOCK beside the function of the same path", async () => {
  const reply = await served.call("OPTIONS", "/v1/checked");
  expect([reply.status, reply.headers["x-a"], reply.text]).toEqual([204, "b", ""]);
});

test("responds with 500 when the integration does not invoke by POST", async () => {
  const json = restStack([{ method: "GET", path: "/echo", function: "echo" }]);
  Object.assign(json.resource["aws_api_gateway_integration"]?.["GET_echo"] ?? {}, { integration_http_method: "GET" });
  const one = await serve(json);
  expect((await one.call("GET", "/v1/echo")).status).toBe(500);
});

test("sends binary media types through base64, both ways", async () => {
  const json = restStack([{ method: "POST", path: "/mirror", function: "binary" }]);
  Object.assign(json.resource["aws_api_gateway_rest_api"]?.["api"] ?? {}, { binary_media_types: ["image/png"] });
  const source = "export const handler = async ({ body, isBase64Encoded }) => ({ body, isBase64Encoded });";
  const one = await serve(json, { sources: { binary: source } });
  const headers = { "content-type": "image/png" };
  const encoded = await one.call("POST", "/v1/mirror", { headers, body: "hi" });
  const decoded = await one.call("POST", "/v1/mirror", { headers: { ...headers, accept: "image/png" }, body: "hi" });
  expect([encoded.text, decoded.text]).toEqual(["aGk=", "hi"]);
});

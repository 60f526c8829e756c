import { addMock, restStack, type Served, serve } from "../rest-stack";

/** Two listed origins: the template compares exactly, since a gateway cannot hold a list in a static value. */
const origins = `#set($origin = $input.params("Origin"))
#if($origin == "") #set($origin = $input.params("origin")) #end
#if($origin == "https://a.example" || $origin == "https://b.example")
#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end`;

const vtl = `{"name":"$util.escapeJavaScript($input.params('name'))","stage":"$context.stage","id":"$input.params().path.get('id')",
"header":"$input.params().header.get('X-Sent')","double":"$util.base64Encode("hi")","missing":"$!context.nothing",
"groups":[#foreach($one in ["a","b"])"$one"#if($foreach.hasNext),#end#end]}`;

let served: Served;
beforeAll(async () => {
  const json = restStack([]);
  addMock(json.resource, "OPTIONS", "/cors", {
    status: "204",
    parameters: { "method.response.header.Vary": "'Origin'", "method.response.header.X-Request": "context.requestId" },
    templates: { "application/json": origins },
  });
  addMock(json.resource, "GET", "/items/{id}", { status: "200", templates: { "application/json": vtl } });
  addMock(json.resource, "POST", "/chosen", {
    status: "200",
    request: { "application/json": '{"statusCode": $input.path("$.wanted.status")}' },
  });
  addMock(json.resource, "GET", "/teapot", {
    status: "200",
    templates: { "text/plain": "#set($context.responseOverride.status = 418)short" },
  });
  addMock(json.resource, "GET", "/overridden", {
    status: "200",
    request: { $default: "{statusCode: $input.params('selects')}" },
    templates: {
      "application/json": "#set($context.responseOverride.status = $util.parseJson($input.params('status')))",
    },
  });
  addMock(json.resource, "GET", "/typed", {
    status: "200",
    parameters: {
      "method.response.header.content-type": "'image/svg+xml'",
      "method.response.header.X": "integration.response.header.Y",
    },
    templates: { "application/xml": "<a/>" },
  });
  addMock(json.resource, "GET", "/accepted", {
    status: "200",
    templates: { "text/plain": "text", "application/json": "json", "application/xml": "xml" },
  });
  for (const [path, header] of [
    ["/length", "Content-Length"],
    ["/authorization", "authorization"],
  ] as const) {
    addMock(json.resource, "GET", path, { status: "200" });
    Object.assign(json.resource["aws_api_gateway_integration"]?.[`GET${path.replace("/", "_")}`] ?? {}, {
      request_parameters: { [`integration.request.header.${header}`]: "method.request.querystring.value" },
    });
  }
  addMock(json.resource, "POST", "/strict", { status: "200" });
  Object.assign(json.resource["aws_api_gateway_integration"]?.["POST_strict"] ?? {}, { passthrough_behavior: "NEVER" });
  served = await serve(json);
});

const preflight = (origin: string, name = "Origin") =>
  served.call("OPTIONS", "/v1/cors", { headers: { [name]: origin } });

test.each(["https://a.example", "https://b.example"])("allows the listed origin %s in a preflight", async (origin) => {
  const { status, headers } = await preflight(origin);
  expect([status, headers["access-control-allow-origin"], headers["vary"]]).toEqual([204, origin, "Origin"]);
});

test("header names in templates keep the client's letter case", async () => {
  expect((await preflight("https://a.example", "origin")).headers["access-control-allow-origin"]).toBe(
    "https://a.example",
  );
  expect((await preflight("https://a.example", "ORIGIN")).headers["access-control-allow-origin"]).toBeUndefined();
});

test.each(["https://a.example.evil", "https://A.example", "https://a.example:443", "https://a.example.", "null", ""])(
  "never reflects the unlisted origin %j",
  async (origin) => {
    const reply = await preflight(origin);
    expect([reply.status, reply.headers["access-control-allow-origin"]]).toEqual([204, undefined]);
  },
);

test("a preflight has no body and carries mapped context values and request ids", async () => {
  const { headers, text } = await preflight("https://a.example");
  expect(text).toBe("");
  expect(headers["x-request"]).toBe(headers["x-amzn-requestid"]);
  expect(headers["x-amz-apigw-id"]).toBeDefined();
});

test("renders a response template as VTL", async () => {
  const reply = await served.call("GET", "/v1/items/7?name=a%22b", { headers: { "X-Sent": "x" } });
  expect(reply.json()).toEqual({
    name: 'a"b',
    stage: "v1",
    id: "7",
    header: "x",
    double: "aGk=",
    missing: "",
    groups: ["a", "b"],
  });
});

test("lets a template override the status and takes the content type of the template", async () => {
  const reply = await served.call("GET", "/v1/teapot");
  expect([reply.status, reply.text, reply.headers["content-type"]]).toEqual([418, "short", "text/plain"]);
});

test("responds with the status that the request template selects", async () => {
  const chosen = (status: number) =>
    served.call("POST", "/v1/chosen", { body: JSON.stringify({ wanted: { status } }) });
  expect((await chosen(200)).status).toBe(200);
});

test.each([
  ["gives no JSON", { body: "{}" }],
  [
    "does not apply to the content type and the body is no mock",
    { body: "hi", headers: { "content-type": "text/plain" } },
  ],
])("responds with 500 if the request template %s", async (_, sent) => {
  expect((await served.call("POST", "/v1/chosen", sent)).status).toBe(500);
});

test("responds with 415 to an unmatched content type if nothing may pass through", async () => {
  const reply = await served.call("POST", "/v1/strict", { body: "x", headers: { "content-type": "text/plain" } });
  expect([reply.status, reply.json()]).toEqual([415, { message: "Unsupported Media Type" }]);
});

test.each([
  ["200", "418", 418],
  ["200", "600", 200],
  ["200", "[]", 200],
  ["%22200%22", "418", 500],
  ["200.5", "418", 500],
  ["x", "418", 500],
])("with the status code %s, and %s in its place, responds with %s", async (selects, status, expected) => {
  expect((await served.call("GET", `/v1/overridden?selects=${selects}&status=${status}`)).status).toBe(expected);
});

test("a content type that is mapped takes the place of the template's, and a MOCK has no headers to map", async () => {
  const { headers } = await served.call("GET", "/v1/typed");
  expect([headers["content-type"], headers["x"]]).toEqual(["image/svg+xml", undefined]);
});

test.each([
  ["application/xml", "xml"],
  ["image/png", "json"],
  [undefined, "json"],
])("to a client that accepts %s renders the template of %s", async (accept, text) => {
  const reply = await served.call("GET", "/v1/accepted", { headers: accept ? { accept } : {} });
  expect([reply.text, reply.headers["content-type"]]).toEqual([text, `application/${text}`]);
});

test.each(["/length", "/authorization"])(
  "responds with 500 where a mapping sets a header that it may not: %s",
  async (path) => {
    expect((await served.call("GET", `/v1${path}?value=1`)).status).toBe(500);
    expect((await served.call("GET", `/v1${path}`)).status).toBe(200);
  },
);

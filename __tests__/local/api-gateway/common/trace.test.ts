import type { RequestRecord } from "../../../../local/api-gateway/common/trace";
import { add, ref, restStack, type Served, serve } from "../rest-stack";

const schema = JSON.stringify({ type: "object", required: ["name"], properties: { name: { type: "string" } } });
const json = restStack([
  { method: "GET", path: "/open", function: "talk" },
  { method: "GET", path: "/broken", function: "broken" },
  {
    method: "POST",
    path: "/private",
    function: "talk",
    values: { authorization: "COGNITO_USER_POOLS", authorizer_id: ref("aws_api_gateway_authorizer.authorizer.id") },
  },
  {
    method: "POST",
    path: "/checked/{id}",
    function: "talk",
    values: {
      request_validator_id: ref("aws_api_gateway_request_validator.body.id"),
      request_models: { "application/json": "Named" },
      request_parameters: { "method.request.querystring.page": true },
    },
  },
]);
const rest_api_id = ref("aws_api_gateway_rest_api.api.id");
add(json.resource, "aws_api_gateway_request_validator", "body", { rest_api_id, validate_request_body: true });
add(json.resource, "aws_api_gateway_model", "named", { rest_api_id, name: "Named", schema });
add(json.resource, "aws_api_gateway_method_settings", "slow", {
  rest_api_id,
  stage_name: "v1",
  method_path: "open/GET",
  settings: [{ throttling_rate_limit: 1, throttling_burst_limit: 1 }],
});

const sources = {
  talk: 'export const handler = async () => { console.log("hello"); return { statusCode: 201 }; };',
  broken: 'export const handler = async () => { throw new Error("out of paper"); };',
};

const records = new Set<RequestRecord>();
let served: Served;
beforeAll(async () => {
  served = await serve(json, { sources, observer: (record) => records.add(record) });
});

async function traced(method: string, path: string, body?: string): Promise<RequestRecord> {
  records.clear();
  await served.call(method, path, body === undefined ? {} : { body });
  const [record] = records;
  if (!record) throw new Error("not observed");
  return record;
}
const last = ({ steps }: RequestRecord) => steps.at(-1);

test("records every step of a request that reaches its function, what it logs and the response", async () => {
  const record = await traced("GET", "/v1/open?a=1");
  expect(record.target).toBe("/v1/open?a=1");
  expect(record.steps.map(({ name, passed, detail }) => [name, passed, detail])).toEqual([
    ["matched", true, "GET /open"],
    ["throttled", true, "1 requests per second, burst 1"],
    ["authorized", true, "public: no authorizer"],
    ["validated", true, "no request validator"],
    ["invoked", true, "talk returned 201"],
  ]);
  expect(record.logs).toEqual(["[talk] INFO hello"]);
  expect(record.response?.status).toBe(201);
  expect(record.durationMs).toBeGreaterThan(0);
});

test.each([
  ["an unknown stage", "GET", "/v2/open", undefined, "matched", "the path must begin with a stage: v1"],
  ["an unknown path", "GET", "/v1/nowhere", undefined, "matched", "no method GET /nowhere in the stage v1"],
  ["a missing token", "POST", "/v1/private", "{}", "authorized", "the request has no header authorization"],
  ["a body unlike its model", "POST", "/v1/checked/1", "{}", "validated", "must have required property 'name'"],
  ["a function that fails", "GET", "/v1/broken", undefined, "invoked", "Error: out of paper"],
])("says why %s is rejected, and at which step", async (_, method, path, body, name, reason) => {
  const step = last(await traced(method, path, body));
  expect(step).toMatchObject({ name, passed: false, detail: expect.stringContaining(reason) });
});

test("says which limit throttled a request", async () => {
  await traced("GET", "/v1/open");
  const record = await traced("GET", "/v1/open");
  expect(last(record)).toMatchObject({ name: "throttled", passed: false, detail: "1 requests per second, burst 1" });
});

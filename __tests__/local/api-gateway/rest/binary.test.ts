import { binaryTypes } from "../../../../local/api-gateway/rest/rest-payload";
import { addMock, restStack, serve } from "../rest-stack";

/** A preflight of an API with binary media types. */
async function preflight(types: readonly string[], integration: object = {}, contentType?: string) {
  const json = restStack([]);
  addMock(json.resource, "OPTIONS", "/cors", { status: "204" });
  for (const api of Object.values(json.resource["aws_api_gateway_rest_api"] ?? {})) {
    Object.assign(api, { binary_media_types: types });
  }
  Object.assign(json.resource["aws_api_gateway_integration"]?.["OPTIONS_cors"] ?? {}, integration);
  const served = await serve(json);
  const headers: Record<string, string> = contentType ? { "Content-Type": contentType } : {};
  return (await served.call("OPTIONS", "/v1/cors", { headers })).status;
}

test("responds 500 to a preflight where every body is binary, as AWS does: a template cannot read bytes", async () => {
  expect(await preflight(["*/*"])).toBe(500);
});

test("responds to a preflight that is converted to text", async () => {
  expect(await preflight(["*/*"], { content_handling: "CONVERT_TO_TEXT" })).toBe(204);
});

test("responds to a preflight where other types are binary", async () => {
  expect(await preflight(["image/*", "application/pdf"])).toBe(204);
});

test("rejects another conversion", async () => {
  await expect(preflight(["*/*"], { content_handling: "CONVERT_TO_BINARY" })).rejects.toThrow("content_handling");
});

test.each([
  ["image/png", ["image/png"], true],
  ["image/png", ["image/*"], true],
  ["imagex/png", ["image/*"], false],
  ["image/png", ["*/*"], true],
  ["image/png", ["image/jpeg"], false],
])("a body of %s is binary for %j: %s", (type, types, expected) => {
  expect(binaryTypes(types)(type)).toBe(expected);
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { consolePath } from "../../../local/console/open-console";
import { describedBy } from "../../../local/console/openapi";
import type { ConsoleRoute } from "../../../local/console/protocol";
import { writeStack } from "../api-gateway/rest-stack";

const details = {
  stage: "$default",
  authorizer: undefined,
  tokenHeader: undefined,
  scopes: [],
  limits: undefined,
  timeoutMs: 1000,
  bodySchema: undefined,
  parameters: [],
};
const route = (path: string, stage: string) => ({
  method: "GET",
  path,
  isPrivate: false,
  functionName: "f",
  details: () => ({ ...details, stage }),
});

test.each([
  ["a stage of that name", ["_console"], [], true],
  ["a route of that name in the stage $default", ["$default"], [route("/_console/{x}", "$default")], true],
  ["that route in a named stage, below it", ["v1"], [route("/_console", "v1")], false],
  ["a path that only begins like it", ["$default"], [route("/_consoles", "$default")], false],
  ["a catch-all route", ["$default"], [route("/{proxy+}", "$default"), route("$default", "$default")], false],
])("the API's own path comes first: %s: %s", (_, stages, routes, expected) => {
  expect(consolePath.isTaken({ stages, routes })).toBe(expected);
});

const consoleRoute: ConsoleRoute = {
  ...details,
  method: "POST",
  path: "/things/{id}",
  url: "/things/{id}",
  isPrivate: false,
  functionName: "f",
  parameters: [{ in: "path", name: "id", required: true }],
};

function folderWith(document: string): string {
  const folder = writeStack({ resource: {} });
  writeFileSync(join(folder, "openapi.json"), document);
  return folder;
}

test("takes what the stack does not say from an OpenAPI document beside it", () => {
  const document = {
    paths: {
      "/things/{id}": {
        post: {
          parameters: [{ $ref: "#/components/parameters/page" }, { in: "path", name: "id", required: true }],
          requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
        },
      },
    },
    components: {
      parameters: { page: { in: "query", name: "page" } },
      schemas: {
        Thing: { type: "object", properties: { size: { $ref: "#/components/schemas/Size" } } },
        Size: { type: "integer" },
      },
    },
  };
  expect(describedBy(folderWith(JSON.stringify(document)))(consoleRoute)).toEqual({
    bodySchema: { type: "object", properties: { size: { type: "integer" } } },
    parameters: [
      { in: "path", name: "id", required: true },
      { in: "query", name: "page", required: false },
    ],
  });
});

test("shows a schema that contains itself to a depth", () => {
  const self = { type: "object", properties: { child: { $ref: "#/components/schemas/Self" } } };
  const paths = {
    "/things/{id}": {
      post: { requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Self" } } } } },
    },
  };
  const found = describedBy(folderWith(JSON.stringify({ paths, components: { schemas: { Self: self } } })));
  expect(found(consoleRoute).bodySchema).toMatchObject({ properties: { child: { type: "object" } } });
});

test.each(["not JSON", "[]", "{}"])("does without an OpenAPI document that is %s", (text) => {
  const { bodySchema, parameters } = consoleRoute;
  expect(describedBy(folderWith(text))(consoleRoute)).toEqual({ bodySchema, parameters });
});

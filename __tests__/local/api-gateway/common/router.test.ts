import { createRouter, httpSegments, restSegments } from "../../../../local/api-gateway/common/router";

/** The route that serves a request, and its parameters. */
function routed(kind: "rest" | "http", routes: readonly string[], request: string) {
  const pairs = routes.map((route) => {
    const [method = "", path = ""] = route.split(" ");
    return [method, path, route] as const;
  });
  const [method = "", path = ""] = request.split(" ");
  const match = createRouter(pairs, kind === "rest" ? restSegments : httpSegments)(method, path);
  return match && [match.value, match.parameters];
}

// The routes of AWS's page: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
const documented = ["GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}"];

describe.each(["rest", "http"] as const)("a %s API", (kind) => {
  test.each([
    ["GET /pets/dog/1", "GET /pets/dog/1", {}],
    ["GET /pets/dog/2", "GET /pets/dog/{id}", { id: "2" }],
    ["GET /pets/cat/2", "GET /pets/{proxy+}", { proxy: "cat/2" }],
    ["POST /test/5", "ANY /{proxy+}", { proxy: "test/5" }],
    ["POST /pets/dog/1", "ANY /{proxy+}", { proxy: "pets/dog/1" }],
  ])("routes %s to %s", (request, route, parameters) => {
    expect(routed(kind, documented, request)).toEqual([route, parameters]);
  });

  test("falls to a sibling that has the method", () => {
    const routes = ["POST /files/list", "GET /files/{name+}", "GET /items/new", "DELETE /items/{id}"];
    expect(routed(kind, routes, "GET /files/list")).toEqual(["GET /files/{name+}", { name: "list" }]);
    expect(routed(kind, routes, "DELETE /items/new")).toEqual(["DELETE /items/{id}", { id: "new" }]);
    expect(routed(kind, routes, "PUT /items/new")).toBeUndefined();
  });

  test("prefers a method to ANY at the same path only", () => {
    const routes = ["ANY /a/b", "GET /a/b", "GET /a/{x}", "GET /{proxy+}"];
    expect(routed(kind, routes, "GET /a/b")).toEqual(["GET /a/b", {}]);
    expect(routed(kind, ["ANY /a/b", "GET /a/{x}"], "GET /a/b")).toEqual(["ANY /a/b", {}]);
  });

  test("does not take a path without a child for a greedy one", () => {
    expect(routed(kind, ["ANY /files/{proxy+}"], "GET /files")).toBeUndefined();
  });
});

test("a REST API ignores slashes before and after the path", () => {
  expect(routed("rest", ["GET /fixed"], "GET //fixed/")).toEqual(["GET /fixed", {}]);
  expect(routed("rest", ["ANY /files/{proxy+}"], "GET /files/a/")).toEqual(["ANY /files/{proxy+}", { proxy: "a" }]);
  expect(routed("rest", ["ANY /files/{proxy+}"], "GET /files/")).toBeUndefined();
});

test("an HTTP API takes a slash at the end for an empty segment, which only a greedy parameter matches", () => {
  expect(routed("http", ["ANY /handler/{proxy+}"], "GET /handler/")).toEqual(["ANY /handler/{proxy+}", { proxy: "" }]);
  expect(routed("http", ["ANY /files/{proxy+}"], "GET /files/a/")).toEqual(["ANY /files/{proxy+}", { proxy: "a/" }]);
  expect(routed("http", ["GET /hello", "GET /items/{id}"], "GET /hello/")).toBeUndefined();
  expect(routed("http", ["GET /items/{id}"], "GET /items/")).toBeUndefined();
  expect(routed("http", ["GET /fixed"], "GET //fixed")).toBeUndefined();
});

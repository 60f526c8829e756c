import * as v from "valibot";
import { checkRoutes } from "../../../constructs/api/check-routes";
import { type Route, segments } from "../../../constructs/api/route";
import { privateRoute, publicRoute } from "../support";

const checks = { authorizer: true, tokenUse: "id" } as const;
const problems = (routes: readonly unknown[], given: Parameters<typeof checkRoutes>[1] = checks) => {
  try {
    checkRoutes(routes as Route[], given);
  } catch (error) {
    return (error as Error).message;
  }
  return "none";
};

test("accepts paths with variables, a greedy one at the end, and the root", () => {
  const paths = ["/", "/a", "/a/{id}", "/a/{id}/b", "/files/{name+}", "/v1.2/x:y/a_b-c"];
  expect(problems(paths.map((path) => ({ ...privateRoute, path })))).toBe("none");
});

test.each(["", "a", "/a/", "//a", "/a b", "/a/{id", "/{name+}/b", "/é", "/a?b", "/a//b"])(
  "rejects the path %j",
  (path) => expect(problems([{ ...privateRoute, path }])).toContain(`got ${JSON.stringify(path)}`),
);

test.each([
  [
    "a public route without a reason",
    [{ ...publicRoute, reason: undefined }],
    "reason must say why the route is public",
  ],
  ["a public route with an empty reason", [{ ...publicRoute, reason: " " }], "reason must say why"],
  [
    "two routes at one method and path",
    [privateRoute, { ...privateRoute, function: "other" }],
    "GET /mine: method and path must be unique",
  ],
  ["an unknown access", [{ ...privateRoute, access: "open" }], 'access must be "public" or "private", got "open"'],
  ["OPTIONS, which CORS adds", [{ ...privateRoute, method: "OPTIONS" }], "OPTIONS is added for CORS"],
  [
    "two names for one variable",
    [
      { ...privateRoute, path: "/o/{id}" },
      { ...privateRoute, path: "/o/{name}/x" },
    ],
    "{name} must be {id}",
  ],
  ["groups on a public route", [{ ...publicRoute, groups: ["admin"] }], "groups must be left out of a public route"],
  ["no group at all", [{ ...privateRoute, groups: [] }], "groups must be names of letters"],
  ["a group whose name a token cannot tell apart", [{ ...privateRoute, groups: ["a b"] }], 'got "a b"'],
  [
    "a function with other groups on another route",
    [
      { ...privateRoute, groups: ["admin"] },
      { ...privateRoute, path: "/other" },
    ],
    "GET /mine, GET /other: groups must be the same on all routes of",
  ],
  [
    "path parameters that the path does not have",
    [{ ...privateRoute, path: "/o/{id}", pathParameters: v.object({ name: v.string() }) }],
    "GET /o/{id}: pathParameters must name the variables of the path, id, got name",
  ],
  [
    "path parameters without one that the path has",
    [{ ...privateRoute, path: "/o/{id}/{at+}", pathParameters: v.object({ id: v.string() }) }],
    "the variables of the path, id, at, got id",
  ],
])("rejects %s", (_, routes, message) => expect(problems(routes)).toContain(message));

test("accepts groups, and schemas of the path's variables and the query", () => {
  const pathParameters = v.object({ id: v.string(), name: v.string() });
  const query = v.object({ limit: v.optional(v.number()) });
  const route = { ...privateRoute, path: "/o/{id}/{name+}", pathParameters, query, groups: ["admin", "a-b.c"] };
  expect(problems([route, { ...route, method: "PUT", groups: ["a-b.c", "admin"] }])).toBe("none");
});

test("rejects a private route when there is no authorizer, and takes a public one", () => {
  const open = { authorizer: false, tokenUse: "id" } as const;
  expect(problems([privateRoute], open)).toContain("GET /mine: a private route needs an authorizer");
  expect(problems([publicRoute], open)).toBe("none");
});

test("rejects a private route without scopes when access tokens are used, and takes a public one", () => {
  const access = { authorizer: true, tokenUse: "access" } as const;
  expect(problems([{ ...privateRoute, scopes: [] }], access)).toContain("scopes must name at least one scope");
  expect(problems([privateRoute, publicRoute], access)).toBe("none");
});

test("names every problem of the table at once", () => {
  const message = problems([
    { ...publicRoute, reason: "" },
    { ...privateRoute, path: "x" },
    privateRoute,
    privateRoute,
  ]);
  expect(message.split("\n")).toHaveLength(4);
});

test("takes a route without access for private", () => {
  expect(problems([{ method: "GET", path: "/x", function: "echo" }], { ...checks, authorizer: false })).toContain(
    "private",
  );
});

test("splits a path into its segments", () => {
  expect(segments("/user/login")).toEqual(["user", "login"]);
  expect(segments("/")).toEqual([]);
});

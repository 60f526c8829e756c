import { Validator } from "@seriousme/openapi-schema-validator";
import * as v from "valibot";
import { readConfig } from "../../config";
import type { Route } from "../../constructs/api/route";
import { openApiDocument } from "../../openapi/document";
import type { Json, Version } from "../../openapi/json";
import { routes } from "../../routes";
import { forms } from "../constructs/api/schema-forms";

interface Operation extends Json {
  readonly operationId: string;
  readonly security: readonly Json[];
  readonly parameters?: readonly Json[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, Json>> };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly headers?: Json } & Json>>;
}
interface Document extends Json {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>>; readonly securitySchemes: Json };
}

const document = (settings: Record<string, string> = {}, rows: readonly Route[] = routes, version: Version = "3.1") =>
  openApiDocument(rows, readConfig(settings), version) as Document;

const operationOf = (path: string, method: string, settings?: Record<string, string>, rows?: readonly Route[]) => {
  const found = document(settings, rows).paths[path]?.[method];
  if (!found) throw new Error(`no ${method} ${path}`);
  return found;
};

/** One route for each form of schema, in body, query and response. */
const allForms: readonly Route[] = Object.entries(forms).map(([name, form], index) => ({
  method: "POST",
  path: `/forms/${index}/{id}`,
  function: `form-${index}`,
  summary: name,
  body: v.object({ field: form }),
  query: v.object({ field: v.optional(form) }),
  returns: form,
}));

const settings: readonly (readonly [string, Record<string, string>])[] = [
  ["default settings", {}],
  ["an HTTP API", { API_TYPE: "http" }],
  ["access tokens", { TOKEN_USE: "access", TOKEN_HEADER: "X-Token" }],
  ["the cookie", { REFRESH_TOKEN_COOKIE: "true", SELF_SIGN_UP: "false" }],
];
const cases = (["3.1", "3.0"] as const).flatMap((version) => [
  ...settings.map(([name, given]) => [version, name, document(given, routes, version)] as const),
  [version, "schemas of each form", document({}, allForms, version)] as const,
]);

test.each(cases)("an independent validator accepts version %s with %s", async (version, _, made) => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(made) as Record<string, unknown>)).toEqual({ valid: true });
  expect(validator.version).toBe(version);
});

test("the validator rejects a document with a parameter that its path does not have", async () => {
  const wrong = structuredClone(document()) as unknown as { paths: Record<string, unknown> };
  wrong.paths["/broken/{id}"] = { get: { responses: { 200: { content: {} } } } };
  expect((await new Validator().validate(wrong as never)).valid).toBe(false);
});

test("the same routes and settings give the same bytes", () => {
  expect(JSON.stringify(document())).toBe(JSON.stringify(document()));
});

test("describes every route once, with an id of its own", () => {
  const { paths } = document();
  const found = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => [`${method.toUpperCase()} ${path}`, operationId]),
  );
  expect(found.map(([name]) => name).sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  expect(new Set(found.map(([, id]) => id)).size).toBe(routes.length);
  expect(found).toEqual(
    expect.arrayContaining([
      ["POST /user/sign-up", "postUserSignUp"],
      ["GET /notes/{id}", "getNotesById"],
    ]),
  );
});

test("tells routes apart whose plain ids would be equal", () => {
  const row = (path: string): Route => ({ method: "GET", path, function: "echo" });
  const ids = (rows: readonly Route[]) =>
    Object.values(document({}, rows).paths).map(({ get }) => get?.operationId ?? "");
  const [first, second] = ids([row("/a-b"), row("/a/b")]);
  expect([first, second]).toEqual([
    expect.stringMatching(/^getAB[0-9a-f]{8}$/),
    expect.stringMatching(/^getAB[0-9a-f]{8}$/),
  ]);
  expect(first).not.toBe(second);
});

test("public routes need no token, all others the token of the header", () => {
  expect(operationOf("/user/login", "post").security).toEqual([]);
  expect(operationOf("/echo", "get").security).toEqual([{ token: [] }]);
  expect(document().components.securitySchemes).toEqual({
    token: expect.objectContaining({ type: "http", scheme: "bearer" }),
  });
  expect(document({ TOKEN_HEADER: "token" }).components.securitySchemes).toEqual({
    token: expect.objectContaining({ type: "apiKey", in: "header", name: "token" }),
  });
  expect(document({}, routes, "3.0").components.securitySchemes).toEqual({
    token: expect.objectContaining({ type: "apiKey", name: "Authorization" }),
  });
});

test("names the scopes with TOKEN_USE=access", () => {
  const access = { TOKEN_USE: "access" };
  expect(operationOf("/echo", "get", access).security).toEqual([{ token: ["aws.cognito.signin.user.admin"] }]);
  expect(document(access, routes, "3.0").paths["/echo"]?.get?.security).toEqual([{ token: [] }]);
});

test("lists every error of a route, and Retry-After of a 429", () => {
  const { responses } = operationOf("/notes/{id}", "put");
  expect(Object.keys(responses)).toEqual(["200", "400", "401", "404", "409", "413", "415", "429", "500", "502", "504"]);
  expect(responses["429"]?.headers).toHaveProperty("Retry-After");
  expect(Object.keys(operationOf("/echo", "get").responses)).toEqual(["200", "401", "429", "500", "502", "504"]);
});

test("names the URL of the deployed API", () => {
  const urls = (settings: Record<string, string>) =>
    (document(settings).servers as readonly Json[]).map(({ url }) => url);
  expect(urls({})).toEqual(["https://{api_id}.execute-api.{region}.amazonaws.com/v1"]);
  const domain = {
    DOMAIN_NAME: "api.example.com",
    CERTIFICATE_ARN: "arn:aws:acm:us-east-1:123456789012:certificate/6f1c2a0e-3b52-4d7c-9a51-0c8d7e6f5a4b",
  };
  expect(urls(domain)).toEqual(["https://api.example.com"]);
});

test("lists the 403 of the firewall with WAF", () => {
  expect(operationOf("/echo", "get", { WAF: "true" }).responses["403"]?.description).toBe(
    "The firewall rejects the request.",
  );
});

test("lists the errors of an HTTP API's gateway in its own form", () => {
  const { responses } = operationOf("/echo", "get", { API_TYPE: "http" });
  expect(Object.keys(responses)).toEqual(["200", "401", "429", "500", "503"]);
  expect(JSON.stringify(responses["401"])).toContain("#/components/schemas/GatewayError");
  expect(document().components.schemas).not.toHaveProperty("GatewayError");
});

test("says which groups may call a route, and that others get 403", () => {
  const rows: readonly Route[] = [{ method: "GET", path: "/a", function: "echo", groups: ["admin", "editors"] }];
  const { description, responses } = operationOf("/a", "get", {}, rows);
  expect(description).toContain("group admin or editors");
  expect(responses["403"]?.description).toBe("Only members of the group admin or editors may do this.");
});

test("names the limit of the route, which the stage can lower", () => {
  expect(operationOf("/user/login", "post").description).toContain("At most 5 requests per second, 10 at once");
  expect(operationOf("/user/login", "post", { THROTTLE_RATE: "2" }).description).toContain("At most 2 requests");
});

test("with REFRESH_TOKEN_COOKIE no body holds the refresh token, and the header against other sites is required", () => {
  const cookie = { REFRESH_TOKEN_COOKIE: "lax" };
  const renew = operationOf("/user/renew_refresh_token", "post", cookie);
  expect(renew.parameters).toContainEqual(expect.objectContaining({ name: "X-Requested-With", required: true }));
  expect(renew.responses["200"]?.headers).toHaveProperty("Set-Cookie");
  const { schemas } = document(cookie).components;
  expect(schemas.PostUserRenewRefreshTokenBody?.properties).toEqual({ username: expect.anything() });
  expect(schemas.PostUserLogoutBody?.properties).toEqual({});
  expect(operationOf("/user/logout", "post").parameters).toBeUndefined();
});

test("a body is required unless the handler takes an empty one", () => {
  expect(operationOf("/user/login", "post").requestBody?.required).toBe(true);
  expect(operationOf("/user", "delete").requestBody?.required).toBe(false);
});

test("lists a route without a response schema as such", () => {
  const rows: readonly Route[] = [{ method: "GET", path: "/a", function: "a" }];
  expect(document({}, rows)["x-routes-without-response-schema"]).toEqual(["GET /a"]);
  expect(operationOf("/a", "get", {}, rows).responses["200"]?.description).toContain("no response schema");
  expect(document()).not.toHaveProperty("x-routes-without-response-schema");
});

test("every example of a body is one that its schema takes", () => {
  const examples = routes.flatMap((row) => {
    const example = operationOf(row.path, row.method.toLowerCase()).requestBody?.content["application/json"]?.example;
    return row.body ? [[row.path, v.safeParse(row.body, example).success]] : [];
  });
  expect(examples.filter(([, takes]) => !takes)).toEqual([]);
  expect(examples.length).toBeGreaterThan(15);
});

test("makes an example of each form of schema that it can", () => {
  const without = Object.values(document({}, allForms).paths).filter(
    ({ post }) => post?.requestBody?.content["application/json"]?.example === undefined,
  );
  expect(without.length).toBeLessThan(10);
});

test("names the variables of a path, also one that takes the rest of it", () => {
  const rows: readonly Route[] = [{ method: "GET", path: "/files/{name+}", function: "a" }];
  expect(operationOf("/files/{name}", "get", {}, rows).parameters).toEqual([
    expect.objectContaining({ name: "name", in: "path", required: true }),
  ]);
});

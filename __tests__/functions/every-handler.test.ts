/** What every handler of the route table does, a new one too: names missing and wrong fields, and the variables it lacks. */
import type { GenericSchema } from "valibot";
import { routes } from "../../routes";
import { fakeCognito } from "./support/fake-cognito";
import { captureLog, coldHandler, failed, internalError, useEnvironment } from "./support/handlers";
import { bodyOf, handlerNames, request } from "./support/requests";

useEnvironment();

interface Field {
  readonly type: string;
  readonly pipe?: readonly Field[];
}
const entriesOf = (schema: GenericSchema | undefined) =>
  Object.entries((schema as { readonly entries?: Readonly<Record<string, Field>> } | undefined)?.entries ?? {});

/** Handlers of several rows count once. */
const rows = handlerNames.map((name) => routes.find((row) => row.function === name));
const fields = rows.flatMap((row) =>
  entriesOf(row?.body).map(([field, { type }]) => [row?.function ?? "", field, type] as const),
);
const required = fields.filter(([, , type]) => !/^(optional|exact_optional|null|undefinedable|unknown|any)/.test(type));

test.each(required)("%s names a missing %s, and null counts as missing", async (name, field) => {
  const requests = fakeCognito();
  for (const missing of [undefined, null]) {
    const { status, body } = await request(name, { ...bodyOf(name), [field]: missing });
    expect(status).toBe(400);
    expect(body).toEqual(failed(expect.stringMatching(`^Please provide ${field}( to [a-z -]+)?$`)));
  }
  expect(requests).toEqual([]);
});

const texts = fields.filter(([, , type]) => type === "string");

test.each(texts)("%s rejects a %s of another type, and never repeats its value", async (name, field) => {
  for (const wrong of [4711, true, [], ["4711"], { 4711: 1 }]) {
    const { status, body } = await request(name, { ...bodyOf(name), [field]: wrong });
    expect([status, body]).toEqual([400, failed(`${field} must be a string`)]);
  }
});

const parts = ["body", "query", "pathParameters"] as const;

test.each(routes.map((row) => [row.function, `${row.method} ${row.path}`, row] as const))(
  "%s checks the schemas that its row %s gives to the gateway",
  (name, _, row) => {
    const { schemas } = coldHandler(name);
    if (schemas) expect(parts.filter((part) => schemas[part] !== row[part])).toEqual([]);
  },
);

const purposes = {
  "sign-up": "to sign up",
  "confirm-sign-up": "to confirm the sign-up",
  "resend-code": "to get a new code",
  login: "to log in",
  "respond-to-challenge": "to answer the challenge",
  "renew-refresh-token": "to renew tokens",
  "forgot-password": "to reset the password",
  "confirm-forgot-password": "to set a new password",
  logout: "to log out",
  "test-user": "to read a user",
} as const;

test.each(Object.entries(purposes))("%s says what a missing field is for: %s", async (name, purpose) => {
  expect((await request(name, {})).body).toEqual(failed(expect.stringContaining(` ${purpose}`)));
});

const needed = handlerNames.flatMap((name) => {
  const callsCognito = routes.some((row) => row.function === name && row.cognitoActions);
  const variables = callsCognito ? ["USER_POOL_ID", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] : [];
  const rotation = name === "renew-refresh-token" ? ["REFRESH_TOKEN_ROTATION"] : [];
  return ["CORS_ORIGINS", "CLIENT_ID", ...variables, ...rotation].map((variable) => [name, variable] as const);
});

test.each(needed)("%s without %s responds 500 and logs the missing variable", async (name, variable) => {
  const log = captureLog();
  fakeCognito();
  process.env[variable] = "";
  expect(await request(name)).toMatchObject({ status: 500, body: internalError });
  expect(log).toEqual([expect.objectContaining({ error: "ConfigurationError", variable })]);
});

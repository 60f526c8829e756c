import { renderJson } from "../../review/render/json";
import { renderMarkdown } from "../../review/render/markdown";
import { renderText } from "../../review/render/text";
import { review } from "../../review/report";
import { route } from "./support/api";
import { created, destroyed, type JsonObject, kept, planOf, type Resource, updated } from "./support/plan";

const resource = { id: "res1", rest_api_id: "api1", parent_id: "root1" };
const FN = "aws_lambda_function.f";
const env = (variables: JsonObject) => ({ function_name: "f", environment: [{ variables }] });
const POOL = "aws_cognito_user_pool.main";
const pool = { id: "us-east-1_Abc123456", name: "shop", deletion_protection: "ACTIVE" };

function everyFormat(resources: readonly Resource[], rest?: JsonObject): string[] {
  const report = review(planOf(resources, rest), []);
  return [renderText(report), renderMarkdown(report), renderJson(report)];
}

/** One secret of each spelling that JSON, URLs and base64 change. */
const SECRET = 'hunter2-"long"<pass>/word';
const data = (type: string, values: JsonObject, sensitive: unknown) => ({
  prior_state: {
    values: {
      root_module: {
        child_modules: [{ resources: [{ mode: "data", type, name: "d", values, sensitive_values: sensitive }] }],
      },
    },
  },
});
const document = (secret: string) =>
  JSON.stringify([{ name: "web", environment: [{ name: "DB_PASSWORD", value: secret }] }]);
const copy = updated(FN, env({}), env({ COPY: `db://${SECRET}`, JSON: JSON.stringify({ a: SECRET }) }));

test.each<[string, readonly Resource[], JsonObject?]>([
  ["marked in a change", [updated("aws_x.y", { a: SECRET }, { a: `${SECRET}2` }, { sensitive: { a: true } }), copy]],
  [
    "marked before only",
    [updated("aws_x.y", { a: SECRET }, { a: SECRET }, { beforeSensitive: { a: true }, sensitive: {} })],
  ],
  [
    "in a nested block of another length",
    [
      updated(
        "aws_x.y",
        { b: [{ a: "1" }, { a: SECRET }] },
        { b: [{ a: "1" }] },
        {
          beforeSensitive: { b: [{}, { a: true }] },
          sensitive: { b: [{}] },
        },
      ),
    ],
  ],
  [
    "read by a data source",
    [copy],
    data("aws_secretsmanager_secret_version", { secret_string: SECRET }, { secret_string: true }),
  ],
  [
    "one value of a secret that is a document",
    [copy],
    data("aws_x", { json: JSON.stringify({ user: "admin", pin: SECRET }) }, { json: true }),
  ],
  [
    "found by the name of a variable of the environment",
    [updated(FN, env({ DB_PASSWORD: SECRET }), env({ X: SECRET }))],
  ],
  [
    "of an identity provider, which its schema does not mark",
    [
      updated(
        "aws_cognito_identity_provider.g",
        { provider_details: { client_secret: SECRET } },
        { provider_details: { client_secret: `${SECRET}2` } },
      ),
    ],
  ],
  [
    "that an origin knows its CDN by",
    [created("aws_cloudfront_distribution.c", { origin: [{ custom_header: [{ name: "x-origin", value: SECRET }] }] })],
  ],
  [
    "in the JSON of a task definition",
    [
      updated(
        "aws_ecs_task_definition.t",
        { container_definitions: document(SECRET) },
        { container_definitions: document(`${SECRET}2`) },
      ),
    ],
  ],
  ["in a URL", [updated(FN, env({}), env({ DATABASE: `postgres://app:${encodeURIComponent(SECRET)}@db/shop` }))]],
  [
    "in an output",
    [copy],
    { output_changes: { o: { actions: ["create"], before: null, after: SECRET, after_sensitive: true } } },
  ],
  [
    "in an output, by its name",
    [copy],
    { output_changes: { db_password: { actions: ["create"], before: null, after: SECRET } } },
  ],
  [
    "in drift",
    [copy],
    {
      resource_drift: [updated("aws_x.y", { a: "b" }, { a: SECRET }, { sensitive: { a: true } })],
    },
  ],
  [
    "in a variable",
    [copy],
    {
      variables: { v: { value: SECRET } },
      configuration: { root_module: { variables: { v: { sensitive: true } } } },
    },
  ],
  [
    "in the settings of an action",
    [copy],
    {
      action_invocations: [
        { address: "action.aws_x.a", config_values: { payload: SECRET }, config_sensitive: { payload: true } },
      ],
    },
  ],
  [
    "in the key of an instance",
    [
      destroyed(`aws_cognito_user_pool.p[${JSON.stringify(SECRET)}]`, pool),
      kept("aws_x.y", { a: SECRET }, { sensitive: { a: true } }),
    ],
  ],
  [
    "in base64",
    [
      kept("aws_x.y", { a: SECRET }, { sensitive: { a: true } }),
      created("aws_instance.i", { user_data_base64: Buffer.from(SECRET).toString("base64") }),
    ],
  ],
  [
    "in JSON within JSON",
    [
      kept("aws_x.y", { a: SECRET }, { sensitive: { a: true } }),
      created("aws_x.z", { body: JSON.stringify(JSON.stringify({ a: SECRET })) }),
    ],
  ],
  [
    "as the password of a URL that is marked",
    [
      kept("aws_x.y", { a: "postgres://app:hunter2pass@db/shop" }, { sensitive: { a: true } }),
      created("aws_x.z", { comment: "log in with hunter2pass" }),
    ],
  ],
  [
    "as the password of a connection string that is marked",
    [
      kept("aws_x.y", { a: "Server=db;User Id=app;Password=hunter2pass;" }, { sensitive: { a: true } }),
      created("aws_x.z", { comment: "log in with hunter2pass" }),
    ],
  ],
  [
    "as an indented line of a key",
    [
      kept(
        "aws_x.y",
        { a: "-----BEGIN KEY-----\nhunter2hunter2hunter2\n-----END KEY-----" },
        { sensitive: { a: true } },
      ),
      created("aws_x.z", { config: "key: |\n  -----BEGIN KEY-----\n  hunter2hunter2hunter2" }),
    ],
  ],
])("prints no secret %s, nor a copy of it", (_, resources, ...[rest]) => {
  for (const text of everyFormat(resources, rest)) {
    expect(text).not.toMatch(/hunter2|aHVudGVyMi/);
  }
});

test.each([0, 1, 2])("finds a secret in base64 behind %i other characters", (length) => {
  const text = Buffer.from(`${"#".repeat(length)}${SECRET}; rest of the script`).toString("base64");
  const formats = everyFormat([
    kept("aws_x.y", { a: SECRET }, { sensitive: { a: true } }),
    created("aws_instance.i", { user_data_base64: text }),
  ]);
  const shown = formats.join().match(/[A-Za-z0-9+/=]{16,}/g) ?? [];
  expect(shown.map((part) => Buffer.from(part, "base64").toString()).join()).not.toMatch(/unter2|long|wor/);
  expect(formats.join()).toContain("(sensitive)");
});

test("searches for a phrase, though each of its words is common", () => {
  const value = "secret-admin-password-staging";
  const formats = everyFormat([
    created("aws_ssm_parameter.p", { name: "/p", value }, { sensitive: { value: true } }),
    created("aws_x.y", { motto: value }),
  ]);
  expect(formats.join()).not.toContain(value);
});

test.each(["destroy", "lambda", "users-lost", "dangerous", "main", "ACTIVE", "user_pool"])(
  "leaves its own words and the plan's names alone when a secret has the value %s",
  (value) => {
    const resources = [
      created("aws_ssm_parameter.mode", { name: "/shop/mode", value }, { sensitive: { value: true } }),
      destroyed(POOL, pool),
    ];
    const usual = [
      created("aws_ssm_parameter.mode", { name: "/shop/mode", value: "k3-x" }, { sensitive: { value: true } }),
      destroyed(POOL, pool),
    ];
    expect(everyFormat(resources)).toEqual(everyFormat(usual));
    expect(everyFormat(resources).join()).not.toContain(`value = ${value}`);
  },
);

test("shows a change of what is masked", () => {
  const plan = planOf([updated(FN, env({ DB_PASSWORD: "old-1" }), env({ DB_PASSWORD: "new-2" }))]);
  expect(review(plan, []).changes[0]?.lines).toEqual([
    { sign: "-", path: "environment.variables.DB_PASSWORD", value: "(sensitive)" },
    { sign: "+", path: "environment.variables.DB_PASSWORD", value: "(sensitive)" },
  ]);
});

test("masks the password of a URL, and leaves the rest readable", () => {
  const plan = planOf([updated(FN, env({}), env({ DATABASE: "postgres://app:s3cr3t@db/shop" }))]);
  expect(review(plan, []).changes[0]?.lines[0]?.value).toBe("postgres://app:(sensitive)@db/shop");
});

test("does not name a resource by an attribute that is marked", () => {
  const plan = planOf([destroyed(POOL, { ...pool, name: "internal" }, { sensitive: { name: true } })]);
  expect(review(plan, []).dangers[0]?.name).toBeNull();
});

test("shows no path of which a part is marked", () => {
  const [gone, ...rest] = route({}, undefined).toReversed();
  const marked = [...rest, gone].map((item) =>
    item?.type === "aws_api_gateway_resource"
      ? kept(
          item.address,
          { ...resource, path_part: "admin", path: "/admin" },
          { sensitive: { path_part: true, path: true } },
        )
      : item,
  );
  const texts = everyFormat(marked.filter((item) => item !== undefined));
  expect(texts.join()).toContain("clients-broken");
  expect(texts.join()).not.toContain("admin");
});

import { secretShown } from "../../../review/rules/secret-shown";
import { SETTINGS, settings } from "../support/api";
import { pairs } from "../support/pairs";
import { created, type JsonObject, updated } from "../support/plan";

const FN = "aws_lambda_function.f";
const fn = (variables: JsonObject) => ({ function_name: "f", environment: [{ variables }] });
const marked = (name: string) => ({
  sensitive: { environment: [{ variables: { [name]: true } }] },
  beforeSensitive: {},
});
const output = (values: JsonObject) => ({
  output_changes: {
    o: {
      actions: ["create"],
      before: null,
      after: "x",
      after_unknown: false,
      before_sensitive: false,
      after_sensitive: false,
      ...values,
    },
  },
});
const cdn = (value: string) => ({ origin: [{ origin_id: "api", custom_header: [{ name: "x-origin", value }] }] });

pairs(secretShown, [
  [
    "secret-shown",
    "tokens in the access log",
    [
      created("aws_api_gateway_stage.s", {
        stage_name: "v1",
        access_log_settings: [{ format: "$context.requestId $request.header.Authorization" }],
      }),
    ],
    "claims in it",
    [
      created("aws_api_gateway_stage.s", {
        stage_name: "v1",
        access_log_settings: [{ format: "$context.authorizer.claims.sub" }],
      }),
    ],
  ],
  [
    "secret-shown",
    "a header by which an origin knows its CDN",
    [updated("aws_cloudfront_distribution.c", cdn("one-1"), cdn("two-2"))],
    "the same header as before",
    [updated("aws_cloudfront_distribution.c", cdn("one-1"), { ...cdn("one-1"), comment: "x" })],
  ],
  [
    "secret-shown",
    "a client's secret in a plain parameter",
    [created("aws_ssm_parameter.p", { name: "/shop/client-secret", type: "String", value: "1a2b3c4d5e6f" })],
    "one that is encrypted",
    [created("aws_ssm_parameter.p", { name: "/shop/client-secret", type: "SecureString", value: "1a2b3c4d5e6f" })],
  ],
  [
    "secret-shown",
    "a password in a URL",
    [updated(FN, fn({}), fn({ DATABASE: "postgres://app:s3cr3t@db/shop" }))],
    "names of where secrets are kept",
    [
      updated(
        FN,
        fn({}),
        fn({
          API_KEY_HEADER: "x-api-key",
          CLIENT_SECRET_PARAMETER: "shop-client-secret",
          CREDENTIALS_TABLE: "shop-credentials",
          DB_SECRET_NAME: "prod/shop/db",
          REFRESH_TOKEN: "cookie-name-rt",
          SECRET_ID: "shop.db",
          TOKEN_URL: "https://x.example",
        }),
      ),
    ],
  ],
  [
    "secret-shown",
    "a marked text in a template",
    [
      created(
        "aws_api_gateway_stage.s",
        { stage_name: "v1", variables: { a: "abc" } },
        { sensitive: { variables: { a: true } } },
      ),
    ],
    "an ARN that was read from a parameter",
    [
      created(
        "aws_api_gateway_stage.s",
        {
          stage_name: "v1",
          access_log_settings: [{ destination_arn: "arn:aws:logs:x", format: "$context.requestId" }],
        },
        { sensitive: { access_log_settings: [{ destination_arn: true }] } },
      ),
    ],
  ],

  [
    "secret-shown",
    "a sensitive output",
    [],
    "an output that is none",
    [],
    { plan: output({ after_sensitive: true }), other: output({}) },
  ],
  [
    "secret-shown",
    "an output behind nonsensitive()",
    [],
    "an output of an id",
    [],
    {
      plan: {
        ...output({}),
        configuration: {
          root_module: {
            outputs: { o: { expression: { references: ["aws_cognito_user_pool_client.c.client_secret"] } } },
          },
        },
      },
      other: {
        ...output({}),
        configuration: {
          root_module: { outputs: { o: { expression: { references: ["aws_cognito_user_pool_client.c.id"] } } } },
        },
      },
    },
  ],
  [
    "secret-shown",
    "an output that loses its mark",
    [],
    "an output that goes",
    [],
    {
      plan: output({ actions: ["no-op"], before: "x", before_sensitive: true }),
      other: output({ actions: ["delete"], before: "x", after: null, before_sensitive: true }),
    },
  ],
  [
    "secret-shown",
    "a secret in an environment",
    [updated(FN, fn({}), fn({ X: "abcdefgh" }), marked("X"))],
    "a flag in it",
    [updated(FN, fn({}), fn({ X: "on" }))],
  ],
  [
    "secret-shown",
    "a password in clear text",
    [updated(FN, fn({}), fn({ DB_PASSWORD: "hunter2hunter2" }))],
    "where a password is kept",
    [updated(FN, fn({}), fn({ DB_PASSWORD_ARN: "x", DB_SECRET: "arn:aws:secretsmanager:x" }))],
  ],
  [
    "secret-shown",
    "a secret in a tag",
    [
      updated(
        FN,
        fn({}),
        { ...fn({}), tags: { a: "abcdefgh" } },
        { sensitive: { tags: { a: true } }, beforeSensitive: {} },
      ),
    ],
    "a client's own secret",
    [
      updated(
        "aws_cognito_user_pool_client.c",
        { prevent_user_existence_errors: "ENABLED" },
        { prevent_user_existence_errors: "ENABLED", name: "x" },
        { sensitive: { client_secret: true } },
      ),
    ],
  ],
  [
    "secret-shown",
    "payload tracing",
    [updated(SETTINGS, settings({}), settings({ data_trace_enabled: true }))],
    "its absence",
    [updated(SETTINGS, settings({ data_trace_enabled: true }), settings({}))],
  ],
]);

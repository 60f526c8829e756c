import { secretShown } from "../../../review/dangers/secret-shown";
import { SETTINGS, settings } from "../support/api";
import { pairs } from "../support/pairs";
import { type JsonObject, updated } from "../support/plan";

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
pairs(secretShown, [
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

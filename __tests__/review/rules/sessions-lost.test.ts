import { review } from "../../../review/report";
import { sessionsLost } from "../../../review/rules/sessions-lost";
import { tokenLifetimes } from "../../../review/rules/token-lifetimes";
import { oneWay, pairs, whenDestroyed } from "../support/pairs";
import { destroyed, planOf, replaced, updated } from "../support/plan";

const CLIENT = "aws_cognito_user_pool_client.app";
const client = {
  id: "c1",
  name: "app",
  enable_token_revocation: true,
  prevent_user_existence_errors: "ENABLED",
  id_token_validity: 60,
  access_token_validity: 60,
  refresh_token_validity: 30,
  token_validity_units: [{ id_token: "minutes", access_token: "minutes", refresh_token: "days" }],
};
const key = { id: "k", value: "abcdefghijkl" };

pairs(
  [...sessionsLost, ...tokenLifetimes],
  [
    oneWay("sessions-lost", "aws_kms_key", { is_enabled: true }, { is_enabled: false }),
    oneWay("sessions-lost", "aws_kms_key", { enable_key_rotation: true }, { enable_key_rotation: false }),
    whenDestroyed("sessions-lost", "aws_secretsmanager_secret_rotation"),
    [
      "sessions-lost",
      "another client secret",
      [
        updated(
          CLIENT,
          { ...client, client_secret: "one-secret" },
          { ...client, client_secret: "two-secret" },
          { sensitive: { client_secret: true } },
        ),
      ],
      "the same client secret",
      [
        updated(
          CLIENT,
          { ...client, client_secret: "one-secret" },
          { ...client, name: "x", client_secret: "one-secret" },
          { sensitive: { client_secret: true } },
        ),
      ],
    ],
    [
      "sessions-lost",
      "another API key",
      [updated("aws_api_gateway_api_key.a", key, { ...key, value: "mnopqrstuvwx" })],
      "a key's description",
      [updated("aws_api_gateway_api_key.a", key, { ...key, description: "x" })],
    ],
    [
      "sessions-lost",
      "a random password made anew",
      [replaced("random_password.a", { result: "abcdefghijkl" }, {}, { unknown: { result: true } })],
      "a random name made anew",
      [replaced("random_pet.a", { id: "dog" }, {}, { unknown: { id: true } })],
    ],
    [
      "sessions-lost",
      "a KMS key destroyed",
      [destroyed("aws_kms_key.a", { id: "a" })],
      "a KMS key's description",
      [updated("aws_kms_key.a", { id: "a" }, { id: "a", description: "x" })],
    ],
    [
      "sessions-lost",
      "token revocation off",
      [updated(CLIENT, client, { ...client, enable_token_revocation: false })],
      "token revocation on",
      [updated(CLIENT, { ...client, enable_token_revocation: false }, client)],
    ],
    [
      "sessions-lost",
      "refresh tokens that live shorter",
      [updated(CLIENT, client, { ...client, refresh_token_validity: 7 })],
      "the same lifetime in other units",
      [
        updated(CLIENT, client, {
          ...client,
          id_token_validity: 1,
          token_validity_units: [{ id_token: "hours", access_token: "minutes", refresh_token: "days" }],
        }),
      ],
    ],
    [
      "access-opened",
      "access tokens that live longer",
      [updated(CLIENT, client, { ...client, access_token_validity: 600 })],
      "Cognito's own lifetime written out",
      [updated(CLIENT, { ...client, auth_session_validity: null }, { ...client, auth_session_validity: 3 })],
    ],
  ],
);

test("tells lifetimes with their units", () => {
  const units = [{ id_token: "minutes", access_token: "minutes", refresh_token: "hours" }];
  const plan = planOf([updated(CLIENT, client, { ...client, token_validity_units: units })]);
  expect(review(plan, []).dangers).toMatchObject([{ kind: "sessions-lost", before: "30 days", after: "30 hours" }]);
});

test("never prints the secret that changes", () => {
  const sensitive = { client_secret: true };
  const plan = planOf([
    updated(
      CLIENT,
      { ...client, client_secret: "one-secret" },
      { ...client, client_secret: "two-secret" },
      { sensitive },
    ),
  ]);
  const text = JSON.stringify(review(plan, []));
  expect(text).toContain("(sensitive)");
  expect(text).not.toMatch(/one-secret|two-secret/);
});

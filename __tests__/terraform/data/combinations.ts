/**
 * Settings that are applied and destroyed, each from an empty account. Every setting differs from its default at least once
 * (the runner checks it). Settings that meet in one resource, or that change each other's meaning, are combined; `why` names the pairs.
 */

/** Placeholder for the id of a user pool that the gate creates first. */
export const EXISTING_POOL = "<existing pool>";

/** A hosted zone that the emulator has: corrections.py. */
export const EXISTING_ZONE = "Z00000000GATE";

/** The settings of a combination where no pool is needed, only an id that looks like one. */
export const withPoolId = (settings: Combination["settings"]): Combination["settings"] =>
  settings.COGNITO_USER_POOL_ID === EXISTING_POOL
    ? { ...settings, COGNITO_USER_POOL_ID: `${settings.AWS_REGION ?? "us-east-1"}_AbCdEfGhI` }
    : settings;

export interface Combination {
  readonly name: string;
  readonly why: string;
  readonly settings: Readonly<Record<string, string>>;
}

export const combinations: readonly Combination[] = [
  {
    name: "defaults",
    why: "what a clone deploys",
    settings: {},
  },
  {
    name: "all-away",
    why: [
      "every setting away from its default, none of them at a bound",
      "TOKEN_USE x TOKEN_HEADER: scopes on the methods of an authorizer that reads another header",
      "CORS_ORIGINS (several) x TOKEN_HEADER: both are in the preflight; several origins need a response template",
      "STATE_BUCKET x STAGE x AWS_REGION: the state's key and region",
      "PORT, COGNITO_PORT, COGNITO_SIGN_IN, AWS_EMULATOR_URL: of the local API, without effect here",
    ].join("; "),
    settings: {
      PROJECT: "people-api",
      STAGE: "prod",
      AWS_REGION: "eu-central-1",
      API_STAGE: "live",
      TOKEN_HEADER: "token",
      TOKEN_USE: "access",
      CORS_ORIGINS: "https://app.example,https://admin.example:8443",
      CORS_HEADERS: "traceparent,X-Requested-With",
      CORS_EXPOSED_HEADERS: "ETag",
      BINARY_MEDIA_TYPES: "image/png,*/*",
      REFRESH_TOKEN_ROTATION: "true",
      ID_TOKEN_MINUTES: "15",
      ACCESS_TOKEN_MINUTES: "10",
      REFRESH_TOKEN_DAYS: "7",
      PROTECT_USERS: "false",
      LAMBDA_RUNTIME: "nodejs22.x",
      LAMBDA_MEMORY_MB: "512",
      LOG_RETENTION_DAYS: "90",
      THROTTLE_RATE: "20",
      THROTTLE_BURST: "40",
      MANAGE_API_GATEWAY_ACCOUNT: "false",
      STATE_BUCKET: "state-of-the-gate",
      PORT: "4001",
      COGNITO_PORT: "4002",
      COGNITO_SIGN_IN: "email",
      AWS_EMULATOR_URL: "http://127.0.0.1:4566",
    },
  },
  {
    name: "http",
    why: "API_TYPE: every resource of the API is another one",
    settings: { API_TYPE: "http" },
  },
  {
    name: "http-away",
    why: [
      "API_TYPE x TOKEN_HEADER, TOKEN_USE: identity source and scopes of a JWT authorizer",
      "API_TYPE x CORS_ORIGINS (several): the API's own CORS configuration, whose lists must not differ for ever",
      "API_TYPE x COGNITO_USER_POOL_ID x AWS_REGION: the issuer is put together from the pool's id",
      "API_TYPE x THROTTLE_RATE x THROTTLE_BURST: limits of the stage and of routes, in one resource",
      "API_TYPE x MANAGE_API_GATEWAY_ACCOUNT: HTTP APIs log without the account's role",
    ].join("; "),
    settings: {
      API_TYPE: "http",
      COGNITO_USER_POOL_ID: EXISTING_POOL,
      AWS_REGION: "eu-west-1",
      API_STAGE: "live",
      TOKEN_HEADER: "token",
      TOKEN_USE: "access",
      CORS_ORIGINS: "https://b.example,https://a.example:8443",
      CORS_HEADERS: "traceparent,X-Requested-With",
      CORS_EXPOSED_HEADERS: "ETag",
      BINARY_MEDIA_TYPES: "*/*",
      THROTTLE_RATE: "2",
      THROTTLE_BURST: "200",
      MANAGE_API_GATEWAY_ACCOUNT: "false",
    },
  },
  {
    name: "existing-pool",
    why: [
      "COGNITO_USER_POOL_ID x PROTECT_USERS (on): nothing of the pool is managed, so only the app client is protected",
      "COGNITO_USER_POOL_ID x AWS_REGION (default): the pool must be of the region",
      "COGNITO_USER_POOL_ID x TOKEN_USE: the authorizer and the functions' policies take the ARN of the pool that was read",
    ].join("; "),
    settings: { COGNITO_USER_POOL_ID: EXISTING_POOL, TOKEN_USE: "access" },
  },
  {
    name: "existing-pool-elsewhere",
    why: [
      "COGNITO_USER_POOL_ID x AWS_REGION (other) x PROTECT_USERS (off)",
      "COGNITO_USER_POOL_ID x REFRESH_TOKEN_ROTATION: the app client is still this stack's, flows included",
      "MANAGE_API_GATEWAY_ACCOUNT (off) x AWS_REGION: a second stack of the account",
    ].join("; "),
    settings: {
      COGNITO_USER_POOL_ID: EXISTING_POOL,
      AWS_REGION: "ap-southeast-2",
      PROTECT_USERS: "false",
      REFRESH_TOKEN_ROTATION: "true",
      MANAGE_API_GATEWAY_ACCOUNT: "false",
    },
  },
  {
    name: "open-to-all-smallest",
    why: [
      "every number at its lower bound",
      "CORS_ORIGINS (*) x TOKEN_HEADER: one static origin, and a header that the preflight must name",
      "THROTTLE_RATE x THROTTLE_BURST below the limit of single routes: a route must not be laxer than its stage",
      "REFRESH_TOKEN_DAYS x ID_TOKEN_MINUTES: one day is the least that an id token of 1439 minutes must fit in",
      "STAGE of one letter",
    ].join("; "),
    settings: {
      STAGE: "a",
      API_STAGE: "_",
      CORS_ORIGINS: "*",
      TOKEN_HEADER: "x-id-token",
      ID_TOKEN_MINUTES: "1439",
      ACCESS_TOKEN_MINUTES: "5",
      REFRESH_TOKEN_DAYS: "1",
      LAMBDA_MEMORY_MB: "128",
      LOG_RETENTION_DAYS: "1",
      THROTTLE_RATE: "1",
      THROTTLE_BURST: "1",
    },
  },
  {
    name: "largest",
    why: [
      "every number at its upper bound",
      "STAGE of 16 characters x names of functions, roles, log groups and pool, each with a length that AWS limits",
      "STAGE x STATE_BUCKET: the state's key",
      "THROTTLE_RATE x THROTTLE_BURST above the limit of single routes, which then hold",
      "PROTECT_USERS (on) x STATE_BUCKET: what a team would run",
    ].join("; "),
    settings: {
      STAGE: "production-blue1",
      API_STAGE: "a-stage-with-a-very-long-name_1",
      ID_TOKEN_MINUTES: "1440",
      ACCESS_TOKEN_MINUTES: "1440",
      REFRESH_TOKEN_DAYS: "3650",
      LAMBDA_MEMORY_MB: "10240",
      LOG_RETENTION_DAYS: "3653",
      THROTTLE_RATE: "10000",
      THROTTLE_BURST: "5000",
      STATE_BUCKET: "state-of-the-gate",
    },
  },
  {
    name: "users",
    why: [
      "MFA x MFA_EMAIL x THREAT_PROTECTION x EMAIL_FROM: second factors, tier and sender of one pool",
      "PROTECT_USERS (on) x MFA: two requests update one pool, and neither loses what the other said",
      "WEB_CLIENT x API_TYPE (rest): two app clients behind one authorizer",
      "REFRESH_TOKEN_COOKIE x CORS_ORIGINS (one): credentials in the preflight and in the gateway's own errors",
      "EMAIL_FROM x EMAIL_IDENTITY x AWS_REGION: the ARN of the identity",
    ].join("; "),
    settings: {
      AWS_REGION: "eu-central-1",
      SELF_SIGN_UP: "false",
      MFA: "on",
      MFA_EMAIL: "on",
      WEB_CLIENT: "true",
      REFRESH_TOKEN_COOKIE: "strict",
      EMAIL_FROM: "Example <no-reply@example.com>",
      EMAIL_IDENTITY: "example.com",
      THREAT_PROTECTION: "audit",
    },
  },
  {
    name: "operated",
    why: [
      "ALARM_EMAIL x API_TYPE (rest) x PROTECT_USERS (off): alarms, topic and key beside everything else, and their destruction",
      "TRACING x API_TYPE (rest): stage and functions",
      "RELEASES x API_TYPE (rest): integrations and permissions of aliases",
    ].join("; "),
    settings: { PROTECT_USERS: "false", ALARM_EMAIL: "team@example.com", TRACING: "true", RELEASES: "true" },
  },
  {
    name: "operated-http",
    why: [
      "ALARM_EMAIL x API_TYPE (http): metrics of other names and dimensions",
      "TRACING x API_TYPE (http): the functions only",
      "RELEASES x API_TYPE (http): the same aliases",
    ].join("; "),
    settings: {
      PROTECT_USERS: "false",
      API_TYPE: "http",
      ALARM_EMAIL: "team@example.com",
      TRACING: "true",
      RELEASES: "true",
    },
  },
  {
    name: "guarded",
    why: [
      "WAF x KMS_KEY_ARN x TOKEN_HEADER: web ACLs on stage and pool, their logs with the key and without the token",
      "DOMAIN_NAME x HOSTED_ZONE_ID: a certificate is made and validated before the domain",
      "DOMAIN_NAME x API_TYPE (rest): the default endpoint is closed by a deployment",
    ].join("; "),
    settings: {
      PROTECT_USERS: "false",
      TOKEN_HEADER: "token",
      WAF: "true",
      DOMAIN_NAME: "api.example.com",
      HOSTED_ZONE_ID: EXISTING_ZONE,
      KMS_KEY_ARN: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
  },
  {
    name: "guarded-http",
    why: [
      "DOMAIN_NAME x CERTIFICATE_ARN x DOMAIN_BASE_PATH x API_TYPE (http): domain and mapping of other types, no record",
      "KMS_KEY_ARN x API_TYPE (http) x AWS_REGION: another log group; key and certificate of the region",
    ].join("; "),
    settings: {
      PROTECT_USERS: "false",
      API_TYPE: "http",
      AWS_REGION: "eu-west-1",
      DOMAIN_NAME: "api.example.com",
      DOMAIN_BASE_PATH: "people",
      CERTIFICATE_ARN: "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
      KMS_KEY_ARN: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
  },
  {
    name: "users-http",
    why: [
      "WEB_CLIENT x API_TYPE (http): the authorizer's audience is a list",
      "WEB_CLIENT x REFRESH_TOKEN_ROTATION: neither client allows the plain refresh flow",
      "REFRESH_TOKEN_COOKIE x CORS_ORIGINS (several) x API_TYPE (http): allow_credentials",
    ].join("; "),
    settings: {
      API_TYPE: "http",
      MFA: "optional",
      WEB_CLIENT: "true",
      REFRESH_TOKEN_ROTATION: "true",
      REFRESH_TOKEN_COOKIE: "true",
      CORS_ORIGINS: "https://app.example,https://admin.example:8443",
    },
  },
];

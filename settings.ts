/** The settings as data: for each, its key in `Config`, what is allowed, and how its text is read. */
import * as v from "valibot";
import { isOrigin } from "./constructs/api/origin";
import { senderPattern } from "./constructs/users/user-settings";

const matching = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern));
const whole = (min: number, max: number) =>
  v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), v.minValue(min), v.maxValue(max));
const flag = v.pipe(
  v.picklist(["true", "false"]),
  v.transform((text) => text === "true"),
);
/** The values that CloudWatch Logs accepts. */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
/** Headers that HTTP clients, browsers or API Gateway set themselves: a page cannot send its token in one. */
const takenHeaders =
  /^(accept(-.*)?|access-control-.*|apigw-.*|connection|content-.*|cookie|date|dnt|expect|forwarded|host|keep-alive|max-forwards|origin|proxy-.*|range|referer|sec-.*|server|set-cookie|te|trailer|transfer-encoding|upgrade|user-agent|via|www-authenticate|x-amz.*|x-forwarded-.*)$/i;
/** The list is a function's variable, and Lambda accepts 4 kB of variables in total. */
const ORIGINS_LENGTH = 2048;
const origins = v.pipe(
  v.string(),
  v.maxLength(ORIGINS_LENGTH),
  v.transform((text) => text.split(",").map((origin) => origin.trim())),
  v.check((list) => (list.length === 1 && list[0] === "*") || list.every(isOrigin)),
  v.check((list) => new Set(list).size === list.length),
);

/** Header names or media types, separated by commas, without duplicates. */
const list = (pattern: RegExp) =>
  v.optional(
    v.pipe(
      v.string(),
      v.maxLength(1024),
      v.transform((text) => (text === "" ? [] : text.split(",").map((item) => item.trim()))),
      v.check((items) => items.every((item) => pattern.test(item))),
      v.check((items) => new Set(items.map((item) => item.toLowerCase())).size === items.length),
    ),
    "",
  );

/** Per setting: its key in `Config`, what is allowed (for messages), and how it is read (with its default). */
export const settings = {
  PROJECT: {
    key: "project",
    allowed:
      "a lower-case letter, then up to 19 lower-case letters, digits or hyphens, without aws or ssm at the beginning, which AWS reserves",
    schema: v.optional(matching(/^(?!aws|ssm)[a-z][a-z0-9-]{0,19}$/), "cognito-api"),
  },
  STAGE: {
    key: "stage",
    allowed: "a lower-case letter, then up to 15 lower-case letters, digits or hyphens",
    schema: v.optional(matching(/^[a-z][a-z0-9-]{0,15}$/), "dev"),
  },
  AWS_REGION: {
    key: "region",
    allowed: "an AWS region such as us-east-1",
    schema: v.optional(matching(/^[a-z]{2}(-[a-z]+){1,2}-\d{1,2}$/), "us-east-1"),
  },
  API_TYPE: {
    key: "apiType",
    allowed: "rest or http",
    schema: v.optional(v.picklist(["rest", "http"]), "rest"),
  },
  API_STAGE: {
    key: "apiStage",
    allowed: "1 to 128 letters, digits, hyphens or underscores",
    schema: v.optional(matching(/^[\w-]{1,128}$/), "v1"),
  },
  COGNITO_USER_POOL_ID: {
    key: "userPoolId",
    allowed: "the id of a user pool in AWS_REGION, such as us-east-1_AbCdEfGhI",
    schema: v.optional(v.pipe(matching(/^[a-z]{2}(-[a-z]+){1,2}-\d{1,2}_[0-9A-Za-z]+$/), v.maxLength(55))),
  },
  TOKEN_HEADER: {
    key: "tokenHeader",
    allowed: "a header name (letters, digits, hyphens) that HTTP itself does not use",
    schema: v.optional(
      v.pipe(
        matching(/^[A-Za-z][A-Za-z0-9-]{0,63}$/),
        v.check((name) => !takenHeaders.test(name)),
      ),
      "Authorization",
    ),
  },
  TOKEN_USE: { key: "tokenUse", allowed: "id or access", schema: v.optional(v.picklist(["id", "access"]), "id") },
  CORS_ORIGINS: {
    key: "corsOrigins",
    allowed:
      'exact, different origins with commas between (https://app.example: no path, no slash at the end), at most 2048 characters, or "*" alone',
    schema: v.optional(origins, "http://localhost:3000"),
  },
  CORS_HEADERS: {
    key: "corsHeaders",
    allowed: "different header names with commas between (traceparent,X-Requested-With)",
    schema: list(/^[A-Za-z0-9!#$%&*+.^_`|~-]+$/),
  },
  CORS_EXPOSED_HEADERS: {
    key: "corsExposedHeaders",
    allowed: "different header names with commas between (ETag,X-Request-Id)",
    schema: list(/^[A-Za-z0-9!#$%&*+.^_`|~-]+$/),
  },
  BINARY_MEDIA_TYPES: {
    key: "binaryMediaTypes",
    allowed: "different media types with commas between (image/png,application/pdf), or */* for all",
    schema: list(/^(\*\/\*|[\w.+-]+\/([\w.+-]+|\*))$/),
  },
  REFRESH_TOKEN_ROTATION: {
    key: "refreshTokenRotation",
    allowed: "true or false",
    schema: v.optional(flag, "false"),
  },
  ID_TOKEN_MINUTES: {
    key: "idTokenMinutes",
    allowed: "a whole number from 5 to 1440",
    schema: v.optional(whole(5, 1440), "60"),
  },
  ACCESS_TOKEN_MINUTES: {
    key: "accessTokenMinutes",
    allowed: "a whole number from 5 to 1440",
    schema: v.optional(whole(5, 1440), "60"),
  },
  REFRESH_TOKEN_DAYS: {
    key: "refreshTokenDays",
    allowed: "a whole number from 1 to 3650",
    schema: v.optional(whole(1, 3650), "30"),
  },
  PROTECT_USERS: { key: "protectUsers", allowed: "true or false", schema: v.optional(flag, "true") },
  SELF_SIGN_UP: { key: "selfSignUp", allowed: "true or false", schema: v.optional(flag, "true") },
  MFA: { key: "mfa", allowed: "off, optional or on", schema: v.optional(v.picklist(["off", "optional", "on"]), "off") },
  MFA_EMAIL: {
    key: "mfaEmail",
    allowed: "off, prepare or on",
    schema: v.optional(v.picklist(["off", "prepare", "on"]), "off"),
  },
  WEB_CLIENT: { key: "webClient", allowed: "true or false", schema: v.optional(flag, "false") },
  REFRESH_TOKEN_COOKIE: {
    key: "refreshTokenCookie",
    allowed: "false, true, strict, lax or none",
    schema: v.optional(v.picklist(["false", "true", "strict", "lax", "none"]), "false"),
  },
  EMAIL_FROM: {
    key: "emailFrom",
    allowed: "an e-mail address, alone or as Name <address>",
    schema: v.optional(matching(senderPattern)),
  },
  EMAIL_IDENTITY: {
    key: "emailIdentity",
    allowed: "the e-mail address or the domain that SES has verified",
    schema: v.optional(matching(/^([^\s@<>"]+@)?[a-z0-9-]+(\.[a-z0-9-]+)+$/i)),
  },
  THREAT_PROTECTION: {
    key: "threatProtection",
    allowed: "off, audit or enforced",
    schema: v.optional(v.picklist(["off", "audit", "enforced"]), "off"),
  },
  ALARM_EMAIL: {
    key: "alarmEmail",
    allowed: "an e-mail address",
    schema: v.optional(matching(/^[^\s@<>",;]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i)),
  },
  RELEASES: { key: "releases", allowed: "true or false", schema: v.optional(flag, "false") },
  TRACING: { key: "tracing", allowed: "true or false", schema: v.optional(flag, "false") },
  WAF: { key: "waf", allowed: "true or false", schema: v.optional(flag, "false") },
  DOMAIN_NAME: {
    key: "domainName",
    allowed: "a domain name in lower case, such as api.example.com",
    schema: v.optional(v.pipe(matching(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/), v.maxLength(253))),
  },
  DOMAIN_BASE_PATH: {
    key: "domainBasePath",
    allowed: "one segment of letters, digits, or $-_.+!*'()",
    schema: v.optional(matching(/^[\w$.+!*'()-]{1,300}$/)),
  },
  CERTIFICATE_ARN: {
    key: "certificateArn",
    allowed: "the ARN of an ACM certificate in AWS_REGION",
    schema: v.optional(matching(/^arn:aws(-[a-z]+)*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+$/)),
  },
  HOSTED_ZONE_ID: {
    key: "hostedZoneId",
    allowed: "the id of a Route 53 hosted zone, such as Z0123456789ABCDEFGHIJ",
    schema: v.optional(matching(/^Z[A-Z0-9]{5,31}$/)),
  },
  KMS_KEY_ARN: {
    key: "kmsKeyArn",
    allowed: "the ARN of a KMS key in AWS_REGION, such as arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd",
    schema: v.optional(matching(/^arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/)),
  },
  LAMBDA_RUNTIME: {
    key: "lambdaRuntime",
    allowed: "nodejs24.x (needs AWS provider 6.19 or later) or nodejs22.x",
    schema: v.optional(v.picklist(["nodejs24.x", "nodejs22.x"]), "nodejs24.x"),
  },
  LAMBDA_MEMORY_MB: {
    key: "lambdaMemoryMb",
    allowed: "a whole number from 128 to 10240",
    schema: v.optional(whole(128, 10240), "256"),
  },
  LOG_RETENTION_DAYS: {
    key: "logRetentionDays",
    allowed: `one of ${retentionDays.join(", ")}`,
    schema: v.optional(
      v.pipe(
        whole(1, 3653),
        v.check((days) => retentionDays.includes(days)),
      ),
      "30",
    ),
  },
  THROTTLE_RATE: {
    key: "throttleRate",
    allowed: "a whole number of requests per second from 1 to 10000",
    schema: v.optional(whole(1, 10_000), "50"),
  },
  THROTTLE_BURST: {
    key: "throttleBurst",
    allowed: "a whole number of requests from 1 to 5000",
    schema: v.optional(whole(1, 5000), "100"),
  },
  MANAGE_API_GATEWAY_ACCOUNT: {
    key: "manageApiGatewayAccount",
    allowed: "true or false",
    schema: v.optional(flag, "true"),
  },
  STATE_BUCKET: {
    key: "stateBucket",
    allowed: "the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots or hyphens",
    schema: v.optional(matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)),
  },
  COGNITO_SIGN_IN: {
    key: "cognitoSignIn",
    allowed: "username, email, or username-or-email",
    schema: v.optional(v.picklist(["username", "email", "username-or-email"]), "username-or-email"),
  },
  PORT: { key: "port", allowed: "a port from 0 to 65535", schema: v.optional(whole(0, 65_535), "3001") },
  COGNITO_PORT: { key: "cognitoPort", allowed: "a port from 0 to 65535", schema: v.optional(whole(0, 65_535), "9229") },
  AWS_EMULATOR_URL: {
    key: "awsEmulatorUrl",
    allowed: "the origin of an emulator on this machine, such as http://127.0.0.1:4566",
    schema: v.optional(matching(/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/)),
  },
} as const;

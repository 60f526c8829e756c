/** The pools, clients and groups that the synthesized JSON describes, with Cognito's defaults for what it leaves out. */
import * as v from "valibot";
import type { SynthesizedStack } from "../terraform/read-stack";
import { type AttributeSchema, attributeSchemas, schemaBlock } from "./attribute-schema";
import { block } from "./block";
import { type ClientSecret, secretsOf } from "./client-secrets";
import { emptyPoolState, type MfaMethod, type Store } from "./store";
import type { TriggerName } from "./triggers";

export interface Trigger {
  readonly functionArn: string;
  /** Of the event: `2` and `3` for later versions of pre token generation. */
  readonly version: string;
}

export interface LocalUserPool {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  /** Sign-in by a verified e-mail address beside the user name. */
  readonly emailAlias: boolean;
  /** Sign-in by e-mail address; the user name is made by Cognito. */
  readonly emailAsUsername: boolean;
  readonly caseSensitive: boolean;
  /** Mails a code to a new user's address, which is verified once the user sends it back. */
  readonly verifiesEmail: boolean;
  readonly adminCreateOnly: boolean;
  readonly mfa: {
    /** Whether every user must have a second factor. */
    readonly required: boolean;
    /** Second factors that users may have; none with MFA off. */
    readonly methods: readonly MfaMethod[];
  };
  readonly passwordPolicy: PasswordPolicy;
  readonly attributes: readonly AttributeSchema[];
  /** Of the JSON. */
  readonly groups: readonly Group[];
  readonly clients: readonly Client[];
  /** Lambda triggers by their argument in `lambda_config`. */
  readonly triggers: Readonly<Partial<Record<TriggerName, Trigger>>>;
  readonly state: Store[string];
  /** The attributes in Terraform's names, for operations that describe the pool. */
  readonly values: v.InferOutput<typeof poolValues>;
}

export type PasswordPolicy = v.InferOutput<typeof passwordPolicy>;
export type Group = v.InferOutput<typeof group>;

export interface Client {
  readonly pool: LocalUserPool;
  readonly id: string;
  readonly name: string;
  /** The oldest of `secrets`: what DescribeUserPoolClient returns. */
  readonly secret: string | undefined;
  /** Those that are accepted, oldest first. */
  readonly secrets: readonly ClientSecret[];
  /** As configured: `ALLOW_USER_PASSWORD_AUTH`, ... */
  readonly flows: readonly string[];
  readonly protectsUserExistence: boolean;
  readonly revocation: boolean;
  readonly sessionMinutes: number;
  readonly idTokenSeconds: number;
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  /** Refresh tokens work once, and again within these seconds. Undefined: they work until they expire. */
  readonly rotationGraceSeconds: number | undefined;
  /** The attributes in Terraform's names, for operations that describe the client. */
  readonly values: v.InferOutput<typeof clientValues>;
}

const names = v.nullish(v.array(v.string()), []);

const passwordPolicy = block({
  minimum_length: v.nullish(v.number(), 8),
  require_uppercase: v.nullish(v.boolean(), false),
  require_lowercase: v.nullish(v.boolean(), false),
  require_numbers: v.nullish(v.boolean(), false),
  require_symbols: v.nullish(v.boolean(), false),
  temporary_password_validity_days: v.nullish(v.number(), 7),
});
/** Cognito's policy for a pool that sets none. */
const defaultPasswordPolicy = {
  require_uppercase: true,
  require_lowercase: true,
  require_numbers: true,
  require_symbols: true,
};

const functionArn = v.nullish(v.string());

const emailMfa = v.object({ message: v.nullish(v.string()), subject: v.nullish(v.string()) });

const poolValues = v.object({
  id: v.string(),
  arn: v.string(),
  name: v.nullish(v.string(), ""),
  alias_attributes: names,
  username_attributes: names,
  auto_verified_attributes: names,
  username_configuration: block({ case_sensitive: v.nullish(v.boolean(), true) }),
  admin_create_user_config: block({ allow_admin_create_user_only: v.nullish(v.boolean(), false) }),
  password_policy: v.pipe(v.nullish(v.unknown(), defaultPasswordPolicy), passwordPolicy),
  mfa_configuration: v.nullish(v.picklist(["OFF", "OPTIONAL", "ON"]), "OFF"),
  software_token_mfa_configuration: block({ enabled: v.nullish(v.boolean(), false) }),
  email_mfa_configuration: v.nullish(v.union([v.array(emailMfa), emailMfa])),
  deletion_protection: v.nullish(v.string(), "INACTIVE"),
  schema: v.nullish(v.array(schemaBlock), []),
  lambda_config: block({
    pre_sign_up: functionArn,
    post_confirmation: functionArn,
    pre_authentication: functionArn,
    post_authentication: functionArn,
    pre_token_generation: functionArn,
    pre_token_generation_config: block({ lambda_arn: functionArn, lambda_version: v.nullish(v.string(), "V1_0") }),
    custom_message: functionArn,
    user_migration: functionArn,
    define_auth_challenge: functionArn,
    create_auth_challenge: functionArn,
    verify_auth_challenge_response: functionArn,
  }),
});

const clientValues = v.object({
  id: v.string(),
  name: v.string(),
  user_pool_id: v.string(),
  client_secret: v.nullish(v.string()),
  explicit_auth_flows: names,
  id_token_validity: v.nullish(v.number(), 1),
  access_token_validity: v.nullish(v.number(), 1),
  refresh_token_validity: v.nullish(v.number(), 30),
  token_validity_units: block({
    id_token: v.nullish(v.string(), "hours"),
    access_token: v.nullish(v.string(), "hours"),
    refresh_token: v.nullish(v.string(), "days"),
  }),
  prevent_user_existence_errors: v.nullish(v.string(), "LEGACY"),
  enable_token_revocation: v.nullish(v.boolean(), true),
  auth_session_validity: v.nullish(v.number(), 3),
  refresh_token_rotation: block({
    feature: v.nullish(v.string(), "DISABLED"),
    retry_grace_period_seconds: v.nullish(v.number(), 0),
  }),
});

const group = v.object({
  name: v.string(),
  user_pool_id: v.string(),
  description: v.nullish(v.string()),
  precedence: v.nullish(v.number()),
  role_arn: v.nullish(v.string()),
});

/** Attributes of a pool in Terraform's names. */
export type PoolAttributes = Readonly<Record<string, unknown>>;

/** The JSON references an existing pool by id only: assume the attributes of this project's own pool. */
export const existingPoolDefaults: PoolAttributes = {
  alias_attributes: ["email"],
  auto_verified_attributes: ["email"],
  username_configuration: { case_sensitive: false },
};

/** The stack's pools, by id, each with its part of `store`. */
export function readPools(stack: SynthesizedStack, store: Store, existing: PoolAttributes): Map<string, LocalUserPool> {
  const made = stack.resources("aws_cognito_user_pool").map((block) => block.values);
  const found = stack.data("aws_cognito_user_pool").map((block) => ({ ...existing, ...block.values }));
  return new Map([...found, ...made].map((values) => readPool(stack, store, values)).map((pool) => [pool.id, pool]));
}

function readPool(stack: SynthesizedStack, store: Store, attributes: PoolAttributes): LocalUserPool {
  const values = v.parse(poolValues, attributes);
  const state = store[values.id] ?? emptyPoolState();
  store[values.id] = state;
  const of = (type: string) => stack.resources(type).filter((block) => block.values.user_pool_id === values.id);
  const clients: Client[] = [];
  const pool: LocalUserPool = {
    clients,
    id: values.id,
    arn: values.arn,
    name: values.name,
    region: stack.region,
    emailAlias: values.alias_attributes.includes("email"),
    emailAsUsername: values.username_attributes.includes("email"),
    caseSensitive: values.username_configuration.case_sensitive,
    verifiesEmail: values.auto_verified_attributes.includes("email"),
    adminCreateOnly: values.admin_create_user_config.allow_admin_create_user_only,
    mfa: { required: values.mfa_configuration === "ON", methods: mfaMethods(values) },
    passwordPolicy: values.password_policy,
    attributes: attributeSchemas(values.schema),
    groups: of("aws_cognito_user_group").map((block) => v.parse(group, block.values)),
    triggers: triggersOf(values.lambda_config),
    state,
    values,
  };
  clients.push(...of("aws_cognito_user_pool_client").map((block) => readClient(pool, block.values)));
  return pool;
}

function mfaMethods(values: v.InferOutput<typeof poolValues>): MfaMethod[] {
  if (values.mfa_configuration === "OFF") return [];
  const email = [values.email_mfa_configuration ?? []].flat().length > 0;
  return [
    ...(values.software_token_mfa_configuration.enabled ? (["SOFTWARE_TOKEN_MFA"] as const) : []),
    ...(email ? (["EMAIL_OTP"] as const) : []),
  ];
}

function triggersOf(config: v.InferOutput<typeof poolValues>["lambda_config"]): LocalUserPool["triggers"] {
  const { pre_token_generation_config: versioned, ...others } = config;
  const triggers = Object.entries({
    ...others,
    pre_token_generation: others.pre_token_generation || versioned.lambda_arn,
  });
  const version = (name: string) =>
    name === "pre_token_generation" ? (/^V(\d)/.exec(versioned.lambda_version)?.[1] ?? "1") : "1";
  return Object.fromEntries(
    triggers.flatMap(([name, functionArn]) => (functionArn ? [[name, { functionArn, version: version(name) }]] : [])),
  );
}

const unitSeconds: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86400 };

function readClient(pool: LocalUserPool, attributes: PoolAttributes): Client {
  const values = v.parse(clientValues, attributes);
  const { token_validity_units: units, refresh_token_rotation: rotation } = values;
  const seconds = (validity: number, unit: string) => validity * (unitSeconds[unit] ?? 1);
  return {
    pool,
    id: values.id,
    name: values.name,
    get secrets() {
      return secretsOf(pool, values.id, values.client_secret || undefined);
    },
    get secret() {
      return this.secrets[0]?.value;
    },
    flows: values.explicit_auth_flows,
    protectsUserExistence: values.prevent_user_existence_errors === "ENABLED",
    revocation: values.enable_token_revocation,
    sessionMinutes: values.auth_session_validity,
    idTokenSeconds: seconds(values.id_token_validity, units.id_token),
    accessTokenSeconds: seconds(values.access_token_validity, units.access_token),
    refreshTokenSeconds: seconds(values.refresh_token_validity, units.refresh_token),
    rotationGraceSeconds: rotation.feature === "ENABLED" ? rotation.retry_grace_period_seconds : undefined,
    values,
  };
}

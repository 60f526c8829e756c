/** A Cognito user pool with an app client and groups, or an app client in an existing pool. */
import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import type { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import type { NodeFunction } from "../function/node-function";
import { type PolicyStatement, policyDocument } from "../policy";
import { preventDestroy } from "../protection";
import { appClients } from "./app-clients";
import { attributeSchema, type CustomAttribute } from "./custom-attribute";
import { type EmailSender, emailConfiguration } from "./email-configuration";
import { type EmailMfa, emailMfa } from "./email-mfa";
import { addTrigger, type TriggerName, type TriggerOptions } from "./triggers";

export interface UserPoolProps {
  /** Name of the pool and its app client: 1 to 128 letters, digits, spaces or _+=,.@-. A change replaces the pool, with all users. */
  readonly name: string;
  /**
   * Id of an existing pool. The stack creates an app client in it and manages nothing else of it.
   * @default - a pool is created
   */
  readonly existingUserPoolId?: string;
  /**
   * Whether Cognito (`deletion_protection`) and Terraform (`prevent_destroy`) reject the deletion of the pool and its client.
   * @default true
   */
  readonly protect?: boolean;
  /**
   * Whether a refresh returns a new refresh token and revokes the old one (GetTokensFromRefreshToken).
   * @default false
   */
  readonly refreshTokenRotation?: boolean;
  /**
   * Whether users may create their own account. Otherwise only an administrator creates users.
   * @default true
   */
  readonly selfSignUp?: boolean;
  /**
   * Second factor by authenticator app (TOTP): users may turn one on, or must have one.
   * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
   * @default "off"
   */
  readonly mfa?: "off" | "optional" | "on";
  /**
   * Whether a code in a mail may be the second factor, too. Needs `mfa` and `email`. See `EmailMfa` for `prepare`.
   * @default "off"
   */
  readonly emailMfa?: EmailMfa;
  /**
   * Whether there is a second app client without a secret, for pages that sign in by themselves: by SRP, so that the
   * password stays in the page.
   * @default false
   */
  readonly webClient?: boolean;
  /**
   * Mails through SES.
   * @default - Cognito's own sender, which stops at 50 mails per day
   */
  readonly email?: EmailSender;
  /**
   * Threat protection, which needs the tier Plus (billed per active user): `audit` records risks, `enforced` acts on them.
   * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html
   * @default "off"
   */
  readonly threatProtection?: "off" | "audit" | "enforced";
  /**
   * Attributes besides Cognito's own, under the name `custom:<name>`. One that is removed later makes `apply` fail.
   * @default - none
   */
  readonly customAttributes?: readonly CustomAttribute[];
  /**
   * Groups besides `admin`, with their description.
   * @default - none
   */
  readonly groups?: Readonly<Record<string, string>>;
  /**
   * Lifetime of id tokens, 5 to 1440 minutes, less than that of refresh tokens.
   * @default 60
   */
  readonly idTokenMinutes?: number;
  /**
   * Lifetime of access tokens, 5 to 1440 minutes, less than that of refresh tokens.
   * @default 60
   */
  readonly accessTokenMinutes?: number;
  /**
   * Lifetime of refresh tokens, 1 to 3650 days: the time after which a user must sign in again.
   * @default 30
   */
  readonly refreshTokenDays?: number;
}

export class UserPool extends Construct {
  readonly id: string;
  readonly arn: string;
  /** The app client with a secret, which the functions use. */
  readonly clientId: string;
  /** The app client of pages; undefined without `webClient`. */
  readonly webClientId: string | undefined;
  /** Issuer (`iss`) of the tokens: the URL below which the pool publishes its keys. */
  readonly issuer: string;
  private readonly pool: CognitoUserPool | undefined;
  private readonly clients: readonly CognitoUserPoolClient[];
  /** Functions that the pool invokes, with what they may do with it. */
  private readonly triggers = new Map<NodeFunction, PolicyStatement[]>();

  /** @throws Error when Cognito would reject `name`, which a plan does not notice */
  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    if (!/^[\w\s+=,.@-]{1,128}$/.test(props.name)) {
      throw new Error(`name must be 1 to 128 letters, digits, spaces or _+=,.@-, got ${JSON.stringify(props.name)}`);
    }
    const protect = props.protect ?? true;
    if (props.existingUserPoolId === undefined) {
      const pool = createPool(this, props, protect);
      this.pool = pool;
      this.id = pool.id;
      this.arn = pool.arn;
      this.issuer = `https://${pool.endpoint}`;
    } else {
      this.id = props.existingUserPoolId;
      this.arn = new DataAwsCognitoUserPool(this, "existing", { userPoolId: props.existingUserPoolId }).arn;
      this.issuer = issuerOf(props.existingUserPoolId);
    }
    const { client, webClient } = appClients(this, this.id, props);
    this.clients = [client, ...(webClient ? [webClient] : [])];
    this.clientId = client.id;
    this.webClientId = webClient?.id;
    this.node.addValidation({ validate: () => [...this.triggers.keys()].flatMap((fn) => this.cycle(fn)) });
  }

  /** Creates a group, once. In an existing pool groups are made where that pool is managed. */
  addGroup(name: string): void {
    const id = name === "admin" ? name : `group-${name}`;
    if (this.pool && !this.node.tryFindChild(id)) new CognitoUserGroup(this, id, { name, userPoolId: this.id });
  }

  /** The app clients whose tokens open the API. */
  get clientIds(): string[] {
    return this.clients.map(({ id }) => id);
  }

  /**
   * Invokes a function at one point of sign-up or sign-in. Cognito waits 5 seconds for it and tries three times. Its policy and environment
   * must not refer to the pool, which refers to it: it reads the pool's id from its event, and `grant()` lets it call the pool.
   * @throws Error on an existing pool, which this stack does not manage; on a trigger that has a function already; on a function that
   * refers to the pool
   */
  addTrigger(trigger: TriggerName, fn: NodeFunction, options: TriggerOptions = {}): void {
    if (!this.pool) {
      throw new Error(
        `the trigger ${trigger} needs a pool of this stack, got COGNITO_USER_POOL_ID: add it where that pool is managed`,
      );
    }
    for (const problem of this.cycle(fn)) throw new Error(problem);
    addTrigger(this, this.pool, trigger, fn, options);
    this.triggers.set(fn, this.triggers.get(fn) ?? []);
    if (trigger !== "defineAuthChallenge") return;
    for (const client of this.clients) {
      client.explicitAuthFlows = [...(client.explicitAuthFlowsInput ?? []), "ALLOW_CUSTOM_AUTH"];
    }
  }

  /**
   * Lets a function call the pool with its role, and gives it the pool's id in USER_POOL_ID; a trigger has it in its event.
   * @param actions `cognito-idp:AdminAddUserToGroup`, ...
   * @throws Error on an action that is all wildcard
   */
  grant(fn: NodeFunction, ...actions: readonly string[]): void {
    const statement = { actions, resource: this.arn };
    const granted = this.triggers.get(fn);
    if (!granted) {
      fn.allow(statement);
      fn.addEnvironment("USER_POOL_ID", this.id);
      return;
    }
    policyDocument([statement]);
    granted.push(statement);
    if (granted.length > 1) return;
    // Apart from the policy that the function waits for: it waits for the pool, which waits for the function.
    new IamRolePolicy(fn, "user-pool", {
      name: "user-pool",
      role: fn.role.name,
      policy: Lazy.stringValue({ produce: () => policyDocument(granted) }),
    });
  }

  private cycle(fn: NodeFunction): string[] {
    const refers = [this.pool, ...this.clients].some(
      (resource) => resource && fn.refersTo(`${resource.terraformResourceType}.${resource.friendlyUniqueId}.`),
    );
    if (!refers) return [];
    return [
      `environment and policy of the trigger ${fn.node.id} must not refer to the pool, which refers to the function: call userPool.grant() after addTrigger(), and read the pool's id from the event`,
    ];
  }
}

/** The data source of a pool has no endpoint. Regions in China have another domain. */
function issuerOf(userPoolId: string): string {
  const [region = ""] = userPoolId.split("_");
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://cognito-idp.${region}.${domain}/${userPoolId}`;
}

function createPool(scope: Construct, props: UserPoolProps, protect: boolean): CognitoUserPool {
  const { name, mfa = "off", threatProtection = "off" } = props;
  const email = emailMfa(props);
  const pool = new CognitoUserPool(scope, "pool", {
    name,
    deletionProtection: protect ? "ACTIVE" : "INACTIVE",
    // A change of these three replaces the pool.
    usernameConfiguration: { caseSensitive: false },
    aliasAttributes: ["email"],
    autoVerifiedAttributes: ["email"],
    accountRecoverySetting: { recoveryMechanism: email.recovery },
    adminCreateUserConfig: { allowAdminCreateUserOnly: !(props.selfSignUp ?? true) },
    mfaConfiguration: { off: "OFF", optional: "OPTIONAL", on: "ON" }[mfa],
    ...(mfa !== "off" && { softwareTokenMfaConfiguration: { enabled: true } }),
    ...(props.email && { emailConfiguration: emailConfiguration(scope, props.email) }),
    ...email.configuration,
    ...(threatProtection !== "off" && {
      userPoolTier: "PLUS",
      userPoolAddOns: { advancedSecurityMode: { audit: "AUDIT", enforced: "ENFORCED" }[threatProtection] },
    }),
    ...(props.customAttributes && { schema: props.customAttributes.map(attributeSchema) }),
    passwordPolicy: {
      minimumLength: 14,
      requireLowercase: true,
      requireNumbers: true,
      requireSymbols: true,
      requireUppercase: true,
      temporaryPasswordValidityDays: 7,
    },
    ...preventDestroy(protect),
  });
  new CognitoUserGroup(scope, "admin", {
    name: "admin",
    userPoolId: pool.id,
    description: "May read other users' attributes",
  });
  for (const [group, description] of Object.entries(props.groups ?? {})) {
    new CognitoUserGroup(scope, `group-${group}`, { name: group, userPoolId: pool.id, description });
  }
  return pool;
}

/** A Cognito user pool with an app client and groups, or an app client in an existing pool. */
import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import type { NodeFunction } from "../function/node-function";
import { type PolicyStatement, policyDocument } from "../policy";
import { preventDestroy } from "../protection";
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

/** Seconds in which a rotated refresh token still works, for a client that did not receive the response. */
const ROTATION_GRACE_SECONDS = 30;

export class UserPool extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly clientId: string;
  /** Issuer (`iss`) of the tokens: the URL below which the pool publishes its keys. */
  readonly issuer: string;
  private readonly pool: CognitoUserPool | undefined;
  private readonly client: CognitoUserPoolClient;
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
      const pool = createPool(this, props.name, protect);
      this.pool = pool;
      this.id = pool.id;
      this.arn = pool.arn;
      this.issuer = `https://${pool.endpoint}`;
    } else {
      this.id = props.existingUserPoolId;
      this.arn = new DataAwsCognitoUserPool(this, "existing", { userPoolId: props.existingUserPoolId }).arn;
      this.issuer = issuerOf(props.existingUserPoolId);
    }
    this.client = createClient(this, this.id, props, protect);
    this.clientId = this.client.id;
    this.node.addValidation({ validate: () => [...this.triggers.keys()].flatMap((fn) => this.cycle(fn)) });
  }

  /** Creates a group, once. In an existing pool groups are made where that pool is managed. */
  addGroup(name: string): void {
    const id = name === "admin" ? name : `group-${name}`;
    if (this.pool && !this.node.tryFindChild(id)) new CognitoUserGroup(this, id, { name, userPoolId: this.id });
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
    const flows = this.client.explicitAuthFlowsInput ?? [];
    if (trigger === "defineAuthChallenge") this.client.explicitAuthFlows = [...flows, "ALLOW_CUSTOM_AUTH"];
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
    const refers = [this.pool, this.client].some(
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

function createPool(scope: Construct, name: string, protect: boolean): CognitoUserPool {
  const pool = new CognitoUserPool(scope, "pool", {
    name,
    deletionProtection: protect ? "ACTIVE" : "INACTIVE",
    // A change of these three replaces the pool.
    usernameConfiguration: { caseSensitive: false },
    aliasAttributes: ["email"],
    autoVerifiedAttributes: ["email"],
    accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
    adminCreateUserConfig: { allowAdminCreateUserOnly: false },
    mfaConfiguration: "OFF",
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
  return pool;
}

function createClient(scope: Construct, userPoolId: string, props: UserPoolProps, protect: boolean) {
  const rotation = props.refreshTokenRotation ?? false;
  return new CognitoUserPoolClient(scope, "client", {
    name: props.name,
    userPoolId,
    generateSecret: true,
    // With rotation, Cognito rejects a client that also allows ALLOW_REFRESH_TOKEN_AUTH, at apply.
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", ...(rotation ? [] : ["ALLOW_REFRESH_TOKEN_AUTH"])],
    // Both values are stated when it is off, too. A client that once rotated keeps its setting when a request omits it, which Cognito
    // then rejects beside the plain refresh flow (terraform-provider-aws#47196); and it returns 0 seconds for it (#45646).
    refreshTokenRotation: [
      rotation
        ? { feature: "ENABLED", retryGracePeriodSeconds: ROTATION_GRACE_SECONDS }
        : { feature: "DISABLED", retryGracePeriodSeconds: 0 },
    ],
    preventUserExistenceErrors: "ENABLED",
    enableTokenRevocation: true,
    idTokenValidity: props.idTokenMinutes ?? 60,
    accessTokenValidity: props.accessTokenMinutes ?? 60,
    refreshTokenValidity: props.refreshTokenDays ?? 30,
    tokenValidityUnits: [{ idToken: "minutes", accessToken: "minutes", refreshToken: "days" }],
    ...preventDestroy(protect),
  });
}

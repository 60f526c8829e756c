/** The users: a Cognito user pool with its app client and groups, or an app client in a pool that exists already. */
import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import { Construct } from "constructs";

export interface UserPoolProps {
  /** Name of the pool and of its app client, `[\w\s+=,.@-]{1,128}`. Changing it replaces the pool, with all its users. */
  readonly name: string;
  /**
   * Id of an existing pool to use. Nothing of that pool is managed; only the app client is made in it.
   * @default - a pool is created
   */
  readonly existingUserPoolId?: string;
  /**
   * Whether Cognito (`deletion_protection`) and Terraform (`prevent_destroy`) refuse to delete the pool and its client.
   * @default true
   */
  readonly protect?: boolean;
  /**
   * Whether a refresh returns a new refresh token and retires the old one (GetTokensFromRefreshToken).
   * @default false
   */
  readonly refreshTokenRotation?: boolean;
  /** @default 60 */
  readonly idTokenMinutes?: number;
  /** @default 60 */
  readonly accessTokenMinutes?: number;
  /** @default 30 */
  readonly refreshTokenDays?: number;
}

/** Seconds in which a retired refresh token still answers, for a client whose first try got lost on the way. */
const ROTATION_GRACE_SECONDS = 30;

export class UserPool extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly clientId: string;
  /** Who signs the tokens: the URL under which the pool publishes its keys. */
  readonly issuer: string;

  /** @throws Error when `name` is not a name Cognito takes: `plan` would not notice */
  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    if (!/^[\w\s+=,.@-]{1,128}$/.test(props.name)) {
      throw new Error(`name must be 1 to 128 letters, digits, spaces or _+=,.@-, got ${JSON.stringify(props.name)}`);
    }
    const protect = props.protect ?? true;
    if (props.existingUserPoolId === undefined) {
      const pool = createPool(this, props.name, protect);
      this.id = pool.id;
      this.arn = pool.arn;
      this.issuer = `https://${pool.endpoint}`;
    } else {
      this.id = props.existingUserPoolId;
      this.arn = new DataAwsCognitoUserPool(this, "existing", { userPoolId: props.existingUserPoolId }).arn;
      this.issuer = issuerOf(props.existingUserPoolId);
    }
    this.clientId = createClient(this, this.id, props, protect).id;
  }
}

/** The data source of a pool does not know its endpoint. Regions in China have a domain of their own. */
function issuerOf(userPoolId: string): string {
  const [region = ""] = userPoolId.split("_");
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://cognito-idp.${region}.${domain}/${userPoolId}`;
}

function createPool(scope: Construct, name: string, protect: boolean): CognitoUserPool {
  const pool = new CognitoUserPool(scope, "pool", {
    name,
    deletionProtection: protect ? "ACTIVE" : "INACTIVE",
    // These three can never change without replacing the pool.
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
    ...guard(protect),
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
    // With rotation on, Cognito refuses a client that also allows the plain refresh flow, and only at apply.
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", ...(rotation ? [] : ["ALLOW_REFRESH_TOKEN_AUTH"])],
    ...(rotation && {
      refreshTokenRotation: [{ feature: "ENABLED", retryGracePeriodSeconds: ROTATION_GRACE_SECONDS }],
    }),
    preventUserExistenceErrors: "ENABLED",
    enableTokenRevocation: true,
    idTokenValidity: props.idTokenMinutes ?? 60,
    accessTokenValidity: props.accessTokenMinutes ?? 60,
    refreshTokenValidity: props.refreshTokenDays ?? 30,
    tokenValidityUnits: [{ idToken: "minutes", accessToken: "minutes", refreshToken: "days" }],
    ...guard(protect),
  });
}

const guard = (protect: boolean) => (protect ? { lifecycle: { preventDestroy: true } } : {});

/** The app clients: one with a secret for the functions, and one without for pages, if asked for. */
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import type { Construct } from "constructs";
import { preventDestroy } from "../protection";
import type { UserPoolProps } from "./user-pool";

/** Seconds in which a rotated refresh token still works, for a client that did not receive the response. */
const ROTATION_GRACE_SECONDS = 30;

export function appClients(scope: Construct, userPoolId: string, props: UserPoolProps) {
  const shared = { userPoolId, ...sharedConfig(props) };
  const flows = (signIn: string) => [
    signIn,
    // With rotation, Cognito rejects a client that also allows ALLOW_REFRESH_TOKEN_AUTH, at apply.
    ...(props.refreshTokenRotation ? [] : ["ALLOW_REFRESH_TOKEN_AUTH"]),
  ];
  const client = new CognitoUserPoolClient(scope, "client", {
    ...shared,
    name: props.name,
    generateSecret: true,
    explicitAuthFlows: flows("ALLOW_USER_PASSWORD_AUTH"),
  });
  const webClient = props.webClient
    ? new CognitoUserPoolClient(scope, "web-client", {
        ...shared,
        name: `${props.name}-web`,
        generateSecret: false,
        explicitAuthFlows: flows("ALLOW_USER_SRP_AUTH"),
      })
    : undefined;
  return { client, webClient };
}

const sharedConfig = (props: UserPoolProps) => ({
  // Both values are stated when it is off, too. A client that once rotated keeps its setting when a request omits it, which Cognito
  // then rejects beside the plain refresh flow (terraform-provider-aws#47196); and it returns 0 seconds for it (#45646).
  refreshTokenRotation: [
    props.refreshTokenRotation
      ? { feature: "ENABLED", retryGracePeriodSeconds: ROTATION_GRACE_SECONDS }
      : { feature: "DISABLED", retryGracePeriodSeconds: 0 },
  ],
  preventUserExistenceErrors: "ENABLED",
  enableTokenRevocation: true,
  idTokenValidity: props.idTokenMinutes ?? 60,
  accessTokenValidity: props.accessTokenMinutes ?? 60,
  refreshTokenValidity: props.refreshTokenDays ?? 30,
  tokenValidityUnits: [{ idToken: "minutes", accessToken: "minutes", refreshToken: "days" }],
  ...preventDestroy(props.protect ?? true),
});

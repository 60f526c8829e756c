import * as v from "valibot";
import { invalidParameter } from "../errors";
import type { Client } from "../local-user-pool";
import { type Context, operation } from "../operation";
import { clientId, strings } from "../schema";
import { signInByChallenges } from "../sign-in/by-challenges";
import { type Parameters, requireFlow, signInByPassword } from "../sign-in/by-password";
import { signInByRefreshToken } from "../sign-in/by-refresh-token";
import { startSrp } from "../sign-in/by-srp";

const authFlows =
  "USER_SRP_AUTH REFRESH_TOKEN_AUTH REFRESH_TOKEN CUSTOM_AUTH ADMIN_NO_SRP_AUTH USER_PASSWORD_AUTH ADMIN_USER_PASSWORD_AUTH USER_AUTH";
/** Members of a request that starts a sign-in. */
export const signInRequest = {
  AuthFlow: v.picklist(authFlows.split(" ")),
  ClientId: clientId,
  AuthParameters: strings,
  ClientMetadata: strings,
};

type Start = (client: Client, parameters: Parameters, metadata: Parameters, context: Context) => Promise<object>;
const refresh: Start = (client, parameters, _metadata, context) => signInByRefreshToken(client, parameters, context);

/** The flows of both kinds of sign-in, with the one that the client must allow. */
const sharedFlows: Readonly<Record<string, readonly [string, Start]>> = {
  USER_SRP_AUTH: ["USER_SRP_AUTH", startSrp],
  CUSTOM_AUTH: ["CUSTOM_AUTH", signInByChallenges],
  REFRESH_TOKEN_AUTH: ["REFRESH_TOKEN_AUTH", refresh],
  REFRESH_TOKEN: ["REFRESH_TOKEN_AUTH", refresh],
};
export const clientFlows: typeof sharedFlows = {
  ...sharedFlows,
  USER_PASSWORD_AUTH: ["USER_PASSWORD_AUTH", signInByPassword],
};
export const adminFlows: typeof sharedFlows = {
  ...sharedFlows,
  ADMIN_USER_PASSWORD_AUTH: ["ADMIN_USER_PASSWORD_AUTH", signInByPassword],
  ADMIN_NO_SRP_AUTH: ["ADMIN_USER_PASSWORD_AUTH", signInByPassword],
};

/** @throws InvalidParameterException */
export function startSignIn(
  flows: typeof sharedFlows,
  client: Client,
  input: { AuthFlow: string; AuthParameters: Parameters; ClientMetadata: Parameters },
  context: Context,
): Promise<object> {
  const flow = Object.hasOwn(flows, input.AuthFlow) ? flows[input.AuthFlow] : undefined;
  if (input.AuthFlow === "USER_AUTH") throw invalidParameter("USER_AUTH is not enabled for the client.");
  if (!flow) throw invalidParameter("Initiate Auth method not supported.");
  const [required, start] = flow;
  requireFlow(client, required);
  return start(client, input.AuthParameters, input.ClientMetadata, context);
}

export const initiateAuth = operation(v.object(signInRequest), (input, context) =>
  startSignIn(clientFlows, context.client(input.ClientId), input, context),
);

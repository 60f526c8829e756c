import * as v from "valibot";
import { resourceNotFound } from "../errors";
import { operation } from "../operation";
import { clientId, userPoolId } from "../schema";

const request = v.object({ UserPoolId: userPoolId, ClientId: clientId });

export const describeUserPoolClient = operation(request, ({ UserPoolId, ClientId }, context) => {
  const client = context.pool(UserPoolId).clients.find(({ id }) => id === ClientId);
  if (!client) throw resourceNotFound(`User pool client ${ClientId} does not exist.`);
  const { values } = client;
  const { id_token, access_token, refresh_token } = values.token_validity_units;
  return {
    UserPoolClient: {
      UserPoolId,
      ClientId,
      ClientName: client.name,
      ClientSecret: client.secret,
      RefreshTokenValidity: values.refresh_token_validity,
      AccessTokenValidity: values.access_token_validity,
      IdTokenValidity: values.id_token_validity,
      TokenValidityUnits: { AccessToken: access_token, IdToken: id_token, RefreshToken: refresh_token },
      ExplicitAuthFlows: client.flows,
      AllowedOAuthFlowsUserPoolClient: false,
      PreventUserExistenceErrors: values.prevent_user_existence_errors,
      EnableTokenRevocation: client.revocation,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: client.sessionMinutes,
      RefreshTokenRotation: {
        Feature: values.refresh_token_rotation.feature,
        RetryGracePeriodSeconds: values.refresh_token_rotation.retry_grace_period_seconds,
      },
    },
  };
});

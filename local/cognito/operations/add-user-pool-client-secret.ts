import * as v from "valibot";
import { keepSecrets, MAX_SECRETS, secretId } from "../client-secrets";
import { CognitoException, invalidParameter } from "../errors";
import { operation } from "../operation";
import { random } from "../random";
import { clientId, clientSecret, userPoolId } from "../schema";

const request = v.object({ UserPoolId: userPoolId, ClientId: clientId, ClientSecret: v.nullish(clientSecret) });

/** Returns the value of a generated secret only. */
export const addUserPoolClientSecret = operation(request, ({ UserPoolId, ClientId, ClientSecret: given }, context) => {
  const { pool, secrets } = context.clientOf(UserPoolId, ClientId);
  if (secrets.length === 0) throw invalidParameter(`Client ${ClientId} has no secret.`);
  if (secrets.length >= MAX_SECRETS) {
    throw new CognitoException("LimitExceededException", `Client ${ClientId} has ${MAX_SECRETS} secrets.`);
  }
  const createdAt = context.now();
  const value = given ?? random.clientSecret();
  const id = secretId(ClientId, createdAt);
  keepSecrets(pool, ClientId, [...secrets, { id, value, createdAt }]);
  return {
    ClientSecretDescriptor: {
      ClientSecretId: id,
      ...(!given && { ClientSecretValue: value }),
      ClientSecretCreateDate: createdAt / 1000,
    },
  };
});

import * as v from "valibot";
import { keepSecrets } from "../client-secrets";
import { invalidParameter, resourceNotFound } from "../errors";
import { operation } from "../operation";
import { clientId, text, userPoolId } from "../schema";

const request = v.object({ UserPoolId: userPoolId, ClientId: clientId, ClientSecretId: text(128, "[\\w+-]+") });

export const deleteUserPoolClientSecret = operation(request, ({ UserPoolId, ClientId, ClientSecretId }, context) => {
  const { pool, secrets } = context.clientOf(UserPoolId, ClientId);
  const left = secrets.filter(({ id }) => id !== ClientSecretId);
  if (left.length === secrets.length) throw resourceNotFound(`Client secret ${ClientSecretId} does not exist.`);
  if (left.length === 0) throw invalidParameter("The last secret of a client cannot be deleted.");
  keepSecrets(pool, ClientId, left);
  return {};
});

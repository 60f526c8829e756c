import * as v from "valibot";
import { operation } from "../operation";
import { clientId, pageToken, userPoolId } from "../schema";

const request = v.object({ UserPoolId: userPoolId, ClientId: clientId, NextToken: v.nullish(pageToken) });

export const listUserPoolClientSecrets = operation(request, ({ UserPoolId, ClientId }, context) => ({
  ClientSecrets: context
    .clientOf(UserPoolId, ClientId)
    .secrets.map(({ id, createdAt }) => ({ ClientSecretId: id, ClientSecretCreateDate: createdAt / 1000 })),
}));

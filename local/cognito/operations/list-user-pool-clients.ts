import * as v from "valibot";
import { operation } from "../operation";
import { page } from "../page";
import { count, pageToken, userPoolId } from "../schema";

const request = v.object({
  UserPoolId: userPoolId,
  MaxResults: v.nullish(count(1, 60)),
  NextToken: v.nullish(pageToken),
});

export const listUserPoolClients = operation(request, (input, context) => {
  const pool = context.pool(input.UserPoolId);
  const clients = pool.clients.map(({ id, name }) => ({ ClientId: id, UserPoolId: pool.id, ClientName: name }));
  const { items, next } = page(clients, input.MaxResults, input.NextToken);
  return { UserPoolClients: items, NextToken: next };
});

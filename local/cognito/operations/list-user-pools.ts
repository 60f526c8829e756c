import * as v from "valibot";
import { operation } from "../operation";
import { page } from "../page";
import { count, pageToken } from "../schema";

const request = v.object({ MaxResults: count(1, 60), NextToken: v.nullish(pageToken) });

export const listUserPools = operation(request, (input, context) => {
  const pools = context.pools().map(({ id, name }) => ({ Id: id, Name: name }));
  const { items, next } = page(pools, input.MaxResults, input.NextToken);
  return { UserPools: items, NextToken: next };
});

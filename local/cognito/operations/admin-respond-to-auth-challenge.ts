import * as v from "valibot";
import { operation } from "../operation";
import { userPoolId } from "../schema";
import { challengeResponse, respond } from "./respond-to-auth-challenge";

export const adminRespondToAuthChallenge = operation(
  v.object({ ...challengeResponse, UserPoolId: userPoolId }),
  (input, context) => respond(context.clientOf(input.UserPoolId, input.ClientId), input, context),
);

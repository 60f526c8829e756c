import * as v from "valibot";
import { operation } from "../operation";
import { userPoolId } from "../schema";
import { adminFlows, signInRequest, startSignIn } from "./initiate-auth";

/** A sign-in that a server starts, with a password too where the client allows ADMIN_USER_PASSWORD_AUTH. */
export const adminInitiateAuth = operation(v.object({ ...signInRequest, UserPoolId: userPoolId }), (input, context) =>
  startSignIn(adminFlows, context.clientOf(input.UserPoolId, input.ClientId), input, context),
);

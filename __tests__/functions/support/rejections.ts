/** Handlers that call Cognito, and one request to each that Cognito rejects. */
import { fakeCognito, rejects } from "./fake-cognito";
import { bodies, invoke } from "./handlers";

export const operations = {
  "sign-up": "SignUp",
  "confirm-sign-up": "ConfirmSignUp",
  "resend-code": "ResendConfirmationCode",
  login: "InitiateAuth",
  "respond-to-challenge": "RespondToAuthChallenge",
  "renew-refresh-token": "InitiateAuth",
  "forgot-password": "ForgotPassword",
  "confirm-forgot-password": "ConfirmForgotPassword",
  logout: "RevokeToken",
  "test-user": "AdminGetUser",
} as const;
export type CallingCognito = keyof typeof operations;
export const callingCognito = Object.keys(operations) as CallingCognito[];

export const invokeRejected = (name: CallingCognito, ...rejection: Parameters<typeof rejects>) => {
  fakeCognito({ [operations[name]]: rejects(...rejection) });
  return invoke(name, bodies[name]);
};

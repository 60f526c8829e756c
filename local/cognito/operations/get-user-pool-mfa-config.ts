import * as v from "valibot";
import { operation } from "../operation";
import { userPoolId } from "../schema";

export const getUserPoolMfaConfig = operation(v.object({ UserPoolId: userPoolId }), ({ UserPoolId }, context) => {
  const { values } = context.pool(UserPoolId);
  const [email] = [values.email_mfa_configuration ?? []].flat();
  return {
    SoftwareTokenMfaConfiguration: { Enabled: values.software_token_mfa_configuration.enabled },
    EmailMfaConfiguration: email && { Message: email.message, Subject: email.subject },
    MfaConfiguration: values.mfa_configuration,
  };
});

import type { LocalUserPool } from "./local-user-pool";
import type { Context } from "./operation";
import type { User } from "./store";
import { triggerAttributes } from "./triggers";

const CODE = "{####}";
const USERNAME = "{username}";

interface Mail {
  readonly user: User;
  readonly clientId: string | undefined;
  readonly source: string;
  readonly clientMetadata: Readonly<Record<string, string>>;
}

/** The text that the custom message trigger makes of a code or a temporary password; empty without one. */
export async function customMessage(context: Context, pool: LocalUserPool, mail: Mail, code: string) {
  const { user, clientId, source, clientMetadata } = mail;
  const response = await context.trigger(pool, "custom_message", {
    source,
    userName: user.username,
    clientId,
    request: {
      userAttributes: triggerAttributes(user),
      codeParameter: CODE,
      linkParameter: "{##Click Here##}",
      usernameParameter: source === "AdminCreateUser" ? USERNAME : null,
      clientMetadata,
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  });
  const fill = (text: string) => text.replaceAll(CODE, code).replaceAll(USERNAME, user.username);
  return {
    ...(response?.emailMessage && { text: fill(response.emailMessage) }),
    ...(response?.emailSubject && { subject: response.emailSubject }),
  };
}

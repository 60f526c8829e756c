/** `npm run rotate-secret -- USER_POOL_ID CLIENT_ID`: see `rotate-secret.ts`. Credentials and region come from the environment, as for the AWS CLI. */
import {
  AddUserPoolClientSecretCommand,
  type ClientSecretDescriptorType,
  CognitoIdentityProviderClient,
  DeleteUserPoolClientSecretCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientSecretsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { type ClientSecrets, rotateSecret, type SecretDescription } from "./rotate-secret";

const SECONDS = 60;

const described = (secret: ClientSecretDescriptorType | undefined): SecretDescription => {
  const { ClientSecretId: id, ClientSecretCreateDate: date } = secret ?? {};
  if (!id || !date) throw new Error("Cognito described a secret without id or date");
  return { id, createdAt: date.getTime() };
};

export function clientSecrets(cognito: CognitoIdentityProviderClient, UserPoolId: string, ClientId: string) {
  const client = { UserPoolId, ClientId };
  const secrets: ClientSecrets = {
    async list() {
      const { ClientSecrets = [] } = await cognito.send(new ListUserPoolClientSecretsCommand(client));
      return ClientSecrets.map(described);
    },
    async add(ClientSecret) {
      const command = new AddUserPoolClientSecretCommand({ ...client, ...(ClientSecret && { ClientSecret }) });
      return described((await cognito.send(command)).ClientSecretDescriptor);
    },
    async remove(ClientSecretId) {
      await cognito.send(new DeleteUserPoolClientSecretCommand({ ...client, ClientSecretId }));
    },
    async read() {
      const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand(client));
      return UserPoolClient?.ClientSecret;
    },
  };
  return secrets;
}

async function main(): Promise<void> {
  const [poolId, clientId, seconds = String(SECONDS)] = process.argv.slice(2);
  if (!/^[\w-]+_[0-9a-zA-Z]+$/.test(poolId ?? "") || !clientId || !/^\d{1,4}$/.test(seconds)) {
    throw new Error(
      "usage: npm run rotate-secret -- USER_POOL_ID CLIENT_ID [SECONDS]: the ids are outputs of the stack",
    );
  }
  const [region = ""] = (poolId ?? "").split("_");
  const secrets = clientSecrets(new CognitoIdentityProviderClient({ region }), poolId ?? "", clientId);
  const wait = () => new Promise<void>((resolve) => setTimeout(resolve, Number(seconds) * 1000));
  await rotateSecret(secrets, wait, console.log);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : "the secret could not be rotated");
    process.exitCode = 1;
  });
}

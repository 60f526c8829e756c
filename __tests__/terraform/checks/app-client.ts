import { type Resource, type State, text } from "../gate/state";

/** The app client that the functions use: with WEB_CLIENT there is a second one, without a secret. */
export function functionsClient(state: State): Resource {
  const clients = state.all("aws_cognito_user_pool_client");
  return clients.find((client) => text(client, "client_secret") !== "") ?? state.only("aws_cognito_user_pool_client");
}

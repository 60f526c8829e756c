/** The app client's secret is in the client only. */

import { type State, text } from "../gate/state";
import { functionsClient } from "./app-client";

export function secretProblems(state: State): string[] {
  const client = functionsClient(state);
  const secret = text(client, "client_secret");
  if (secret === "") return ["the app client has no secret"];
  return state.resources
    .filter((resource) => resource !== client && JSON.stringify(resource.values).includes(secret))
    .map(({ address }) => `${address} holds the app client's secret`);
}

/**
 * Faults that the emulator accepts, read from the applied state, where every reference is a value. Each check returns one line
 * per problem.
 */
import type { State } from "../gate/state";
import { dependencyProblems } from "./dependencies";
import { functionProblems } from "./functions";
import { httpApiProblems } from "./http-api";
import { openEndpointProblems } from "./open";
import { permissionProblems } from "./permissions";
import { type KnownActions, policyProblems } from "./policies";
import { restApiProblems } from "./rest-api";
import { restStageProblems } from "./rest-stage";
import { secretProblems } from "./secrets";

export const problemsOf = (state: State, actions: KnownActions): string[] => [
  ...openEndpointProblems(state),
  ...restApiProblems(state),
  ...httpApiProblems(state),
  ...permissionProblems(state),
  ...functionProblems(state),
  ...policyProblems(state, actions),
  ...restStageProblems(state),
  ...dependencyProblems(state),
  ...secretProblems(state),
];

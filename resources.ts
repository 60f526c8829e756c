/**
 * The project's own AWS resources, and what its functions may do with them: tables, buckets, queues, topics, parameters, secrets,
 * schedules, Cognito triggers, or any other class of the provider.
 */
import type { Construct } from "constructs";
import type { ResourcesProps } from "./constructs/resources/resources-props";

export function addResources(_scope: Construct, _props: ResourcesProps): void {}

/** Wiring only: providers, state backend, users, functions, API, outputs. */
import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { FunctionCode } from "./build/function-code";
import type { Config } from "./config";
import { functionNames, handlerFile, type Route } from "./constructs/api/route";
import { stateBackend } from "./constructs/backend";
import { NodeFunction } from "./constructs/function/node-function";
import { HttpApi } from "./constructs/http/http-api";
import { Domain } from "./constructs/operations/domain";
import { Firewalls } from "./constructs/operations/firewalls";
import { Operations } from "./constructs/operations/operations";
import { Queue } from "./constructs/resources/queue";
import type { FunctionOptions, ResourcesProps } from "./constructs/resources/resources-props";
import { RestApi } from "./constructs/rest/rest-api";
import { userEnvironment } from "./constructs/users/user-environment";
import { UserPool } from "./constructs/users/user-pool";
import { budgetMs } from "./functions/shared/timing";
import { addResources } from "./resources";

/** The bindings are generated from 6.x; the arguments in use exist since 5.100.0. */
const AWS_PROVIDER_VERSIONS = ">= 5.100.0, < 7.0.0";

const ARCHIVE_PROVIDER_VERSIONS = ">= 2.7.1, < 3.0.0";

/** `terraform_data`, moves and the lock file in S3: all exist in Terraform and OpenTofu from this version on. */
const TERRAFORM_VERSIONS = ">= 1.10.0";

const apiTypes = { rest: RestApi, http: HttpApi } as const;

export interface ApiStackProps {
  readonly config: Config;
  readonly routes: readonly Route[];
  /** @default - those of `resources.ts` */
  readonly resources?: typeof addResources;
}

export class ApiStack extends TerraformStack {
  /** @param id the stage: names the stack's folder; addresses do not contain it */
  constructor(scope: Construct, id: string, { config, routes, resources = addResources }: ApiStackProps) {
    super(scope, id);
    const name = `${config.project}-${config.stage}`;
    this.addOverride("terraform.required_version", TERRAFORM_VERSIONS);
    new AwsProvider(this, "aws", {
      region: config.region,
      defaultTags: [{ tags: { Project: config.project, Stage: config.stage } }],
    });
    this.addOverride("terraform.required_providers.aws.version", AWS_PROVIDER_VERSIONS);
    new ArchiveProvider(this, "archive");
    this.addOverride("terraform.required_providers.archive.version", ARCHIVE_PROVIDER_VERSIONS);
    stateBackend(this, {
      stage: config.stage,
      region: config.region,
      bucket: config.stateBucket,
      project: config.project,
    });

    const userPool = new UserPool(this, "users", {
      name,
      ...(config.userPoolId !== undefined && { existingUserPoolId: config.userPoolId }),
      protect: config.protectUsers,
      refreshTokenRotation: config.refreshTokenRotation,
      selfSignUp: config.selfSignUp,
      mfa: config.mfa,
      emailMfa: config.mfaEmail,
      webClient: config.webClient,
      ...(config.emailFrom !== undefined && {
        email: {
          from: config.emailFrom,
          region: config.region,
          ...(config.emailIdentity !== undefined && { identity: config.emailIdentity }),
        },
      }),
      threatProtection: config.threatProtection,
      idTokenMinutes: config.idTokenMinutes,
      accessTokenMinutes: config.accessTokenMinutes,
      refreshTokenDays: config.refreshTokenDays,
    });
    for (const group of routes.flatMap((route) => route.groups ?? [])) userPool.addGroup(group);
    const kms = kmsKey(config);
    const functions = this.functions(name, userPool, { config, routes });
    resources(new Construct(this, "resources"), {
      name,
      protect: config.protectUsers,
      corsOrigins: config.corsOrigins,
      ...kms,
      userPool,
      fn: functionFiles(functions, (file, options) => this.ownFunction(file, name, config, options)),
    });
    const api = new apiTypes[config.apiType](this, "api", {
      name,
      routes,
      functions,
      userPool,
      tokenHeader: config.tokenHeader,
      tokenUse: config.tokenUse,
      corsOrigins: config.corsOrigins,
      corsCredentials: config.refreshTokenCookie !== "false",
      corsHeaders: config.corsHeaders,
      corsExposedHeaders: config.corsExposedHeaders,
      binaryMediaTypes: config.binaryMediaTypes,
      stageName: config.apiStage,
      throttle: { rateLimit: config.throttleRate, burstLimit: config.throttleBurst },
      logRetentionDays: config.logRetentionDays,
      tracing: config.tracing,
      ...kms,
      closeDefaultEndpoint: config.domainName !== undefined,
      manageAccount: config.manageApiGatewayAccount,
    });

    if (config.waf && api instanceof RestApi) {
      new Firewalls(this, "firewalls", {
        name,
        routes,
        throttle: { rateLimit: config.throttleRate, burstLimit: config.throttleBurst },
        stageArn: api.stageArn,
        ...(config.userPoolId === undefined && { userPoolArn: userPool.arn }),
        tokenHeader: config.tokenHeader,
        logRetentionDays: config.logRetentionDays,
        ...kms,
      });
    }
    if (config.alarmEmail !== undefined) {
      new Operations(this, "operations", {
        name,
        region: config.region,
        email: config.alarmEmail,
        api: api.metrics,
        routes,
        functions,
        queues: this.node.findAll().filter((construct) => construct instanceof Queue),
      });
    }

    const domain =
      config.domainName === undefined
        ? undefined
        : new Domain(this, "domain", {
            apiType: config.apiType,
            apiId: api.apiId,
            stageName: api.stageName,
            domainName: config.domainName,
            ...(config.domainBasePath !== undefined && { basePath: config.domainBasePath }),
            ...(config.certificateArn !== undefined && { certificateArn: config.certificateArn }),
            ...(config.hostedZoneId !== undefined && { hostedZoneId: config.hostedZoneId }),
          });
    if (domain) new TerraformOutput(this, "domain_target", { value: domain.target });
    new TerraformOutput(this, "api_url", {
      value: domain?.url ?? api.url,
      description: "URL of the API, stage included",
    });
    new TerraformOutput(this, "user_pool_id", { value: userPool.id });
    new TerraformOutput(this, "user_pool_client_id", { value: userPool.clientId });
    if (userPool.webClientId !== undefined) {
      new TerraformOutput(this, "web_client_id", { value: userPool.webClientId });
    }
    new TerraformOutput(this, "region", { value: config.region });
  }

  /** The code of every function in the stack. */
  functionCode(): FunctionCode[] {
    return this.node
      .findAll()
      .filter((construct) => construct instanceof NodeFunction)
      .map((fn) => fn.code);
  }

  /** CDKTF resolves everything once ahead to find references between stacks. A single stack has none. */
  override prepareStack(): void {
    if (this.node.root.node.findAll().some((other) => other !== this && TerraformStack.isStack(other))) {
      super.prepareStack();
    }
  }

  /** CDKTF asks only in order to run `terraform version`, which takes long and fails without Terraform: see TERRAFORM_VERSIONS. */
  override hasResourceMove(): boolean {
    return false;
  }

  /** One function per name in the route table, with the actions, the time-out and the files of all its routes. */
  private functions(name: string, userPool: UserPool, { config, routes }: ApiStackProps) {
    const scope = new Construct(this, "functions");
    return new Map(
      functionNames(routes).map((id) => {
        const own = routes.filter((route) => route.function === id);
        const actions = [...new Set(own.flatMap((route) => route.cognitoActions ?? []))].sort();
        const timeouts = own.flatMap((route) => route.timeoutSeconds ?? []);
        const fn = new NodeFunction(scope, id, {
          functionName: `${name}-${id}`,
          entry: handlerFile(id),
          waitSeconds: budgetMs / 1000,
          runtime: config.lambdaRuntime,
          memoryMb: config.lambdaMemoryMb,
          logRetentionDays: config.logRetentionDays,
          tracing: config.tracing,
          releases: config.releases,
          ...kmsKey(config),
          environment: {
            USER_POOL_ID: userPool.id,
            CLIENT_ID: userPool.clientId,
            CORS_ORIGINS: config.corsOrigins.join(","),
            ...(config.corsExposedHeaders.length > 0 && { CORS_EXPOSED_HEADERS: config.corsExposedHeaders.join(",") }),
            REFRESH_TOKEN_ROTATION: String(config.refreshTokenRotation),
            TOKEN_USE: config.tokenUse,
            ...(config.alarmEmail !== undefined && { METRICS_NAMESPACE: name }),
            ...userEnvironment({ ...config, name, webClientId: userPool.webClientId }),
            ...(own[0]?.groups && { ALLOWED_GROUPS: own[0].groups.join(",") }),
          },
          ...(actions.length > 0 && { permissions: [{ actions, resource: userPool.arn }] }),
          ...(timeouts.length > 0 && { timeoutSeconds: Math.max(...timeouts) }),
          external: [...new Set(own.flatMap((route) => route.external ?? []))],
          assets: [...new Set(own.flatMap((route) => route.assets ?? []))],
        });
        return [id, fn] as const;
      }),
    );
  }

  /** A function outside of the route table. It knows nothing of the user pool, which may invoke it. */
  private ownFunction(file: string, name: string, config: Config, options: FunctionOptions): NodeFunction {
    return new NodeFunction(this.node.findChild("functions") as Construct, file, {
      functionName: `${name}-${file}`,
      entry: handlerFile(file),
      runtime: config.lambdaRuntime,
      memoryMb: config.lambdaMemoryMb,
      logRetentionDays: config.logRetentionDays,
      tracing: config.tracing,
      releases: config.releases,
      ...kmsKey(config),
      ...options,
    });
  }
}

const kmsKey = ({ kmsKeyArn }: Config) => (kmsKeyArn === undefined ? {} : { kmsKeyArn });

/** @param functions of the routes; those that are made are added */
function functionFiles(
  functions: Map<string, NodeFunction>,
  make: (file: string, options: FunctionOptions) => NodeFunction,
): ResourcesProps["fn"] {
  return (file, options) => {
    const existing = functions.get(file);
    if (existing && options) {
      throw new Error(
        `options of fn(${JSON.stringify(file)}) must be given where the function is first named, or in its route`,
      );
    }
    const fn = existing ?? make(file, options ?? {});
    functions.set(file, fn);
    return fn;
  };
}

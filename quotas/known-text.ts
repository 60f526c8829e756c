/** Texts of a synthesized stack as AWS will receive them, as far as they are known before a deployment. */

/** Arguments of a resource in `cdk.tf.json`. */
export type Values = Readonly<Record<string, unknown>>;
/** Resources by type and name. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Values>>>>;

/** Placeholders of the right length. */
const ACCOUNT_ID = "123456789012";
const API_ID = "a1b2c3d4e5";

export class KnownText {
  readonly resourceCount: number;
  private readonly partition: string;

  constructor(
    private readonly resources: Resources,
    private readonly region: string,
  ) {
    this.resourceCount = Object.values(resources).reduce((sum, byName) => sum + Object.keys(byName).length, 0);
    this.partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  /** Replaces references to the stack's own functions, roles and APIs by names and ARNs. Other references stay. */
  known(text: unknown): string {
    return this.filled(text, (reference) => reference);
  }

  /** The shortest possible text: other references are replaced by nothing. */
  least(text: unknown): string {
    return this.filled(text, () => "");
  }

  /** For messages: replaces references to the ids of APIs by their names. */
  named(text: string): string {
    return text.replace(/\$\{([\w-]+)\.([\w-]+)\.id\}/g, (reference, type: string, name: string) =>
      this.known(this.resources[type]?.[name]?.name ?? reference),
    );
  }

  functionArn(nameOrArn: string): string {
    return nameOrArn.startsWith("arn:") ? nameOrArn : this.arn("lambda", `function:${nameOrArn}`);
  }

  private filled(text: unknown, unknown: (reference: string) => string): string {
    if (typeof text !== "string") return "";
    return text.replace(/\$\{([^}]*)\}/g, (reference, path: string) => {
      const [type = "", name = "", attribute = ""] = path.split(".");
      return this.attribute(type, this.resources[type]?.[name], attribute) ?? unknown(reference);
    });
  }

  private attribute(type: string, values: Values | undefined, attribute: string): string | undefined {
    if (!values) return undefined;
    switch (`${type}.${attribute}`) {
      case "aws_lambda_function.function_name":
        return this.known(values.function_name);
      case "aws_lambda_function.arn":
        return this.functionArn(this.known(values.function_name));
      case "aws_iam_role.name":
      case "aws_iam_role.id":
        return this.known(values.name);
      case "aws_api_gateway_rest_api.execution_arn":
      case "aws_apigatewayv2_api.execution_arn":
        return this.arn("execute-api", API_ID);
      default:
        return undefined;
    }
  }

  private arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${ACCOUNT_ID}:${resource}`;
  }
}

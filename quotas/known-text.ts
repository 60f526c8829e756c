/** Text of a synthesized stack as AWS will see it, as far as that is known before anything is deployed. */

/** Arguments of a resource, as they stand in `cdk.tf.json`. */
export type Values = Readonly<Record<string, unknown>>;
/** Resources by type and name. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Values>>>>;

/** As long as every account's id, and as every API's. */
const ACCOUNT_ID = "123456789012";
const API_ID = "a1b2c3d4e5";

export class KnownText {
  /** How many resources the stack has. */
  readonly resourceCount: number;
  private readonly partition: string;

  constructor(
    private readonly resources: Resources,
    private readonly region: string,
  ) {
    this.resourceCount = Object.values(resources).reduce((sum, byName) => sum + Object.keys(byName).length, 0);
    this.partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  /** With names and ARNs for references to the stack's own functions, roles and APIs; other references stay. */
  known(text: unknown): string {
    return this.filled(text, (reference) => reference);
  }

  /** The least that the text can become: what only AWS will know counts as nothing. */
  least(text: unknown): string {
    return this.filled(text, () => "");
  }

  /** For people: with the names of the APIs that references to ids stand for. */
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

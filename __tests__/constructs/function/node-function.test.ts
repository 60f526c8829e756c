import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { NodeFunction, type NodeFunctionProps } from "../../../constructs/function/node-function";
import { addressIn, only, synthScope, type Values } from "../../support/synth";

const synthFunction = (props: Partial<NodeFunctionProps> = {}) =>
  synthScope((stack) => {
    new NodeFunction(stack, "echo", {
      functionName: "my-echo",
      entry: "functions/echo.ts",
      runtime: "nodejs22.x",
      ...props,
    });
  });

test("makes a small arm64 function that logs JSON and maps its stack traces", () => {
  expect(only(synthFunction(), "aws_lambda_function")).toMatchObject({
    function_name: "my-echo",
    runtime: "nodejs22.x",
    architectures: ["arm64"],
    handler: "index.handler",
    memory_size: 256,
    timeout: 10,
    environment: { variables: { NODE_OPTIONS: "--enable-source-maps" } },
    logging_config: { log_format: "JSON" },
  });
});

test("zips its own bundle, by paths that hold on any machine", () => {
  const json = synthFunction();
  const archive = Object.values(json.data.archive_file ?? {})[0] as Values;
  expect(archive).toMatchObject({
    type: "zip",
    source_dir: "functions/echo",
    output_path: "archives/echo.zip",
    output_file_mode: "0644",
  });
  const [name] = Object.keys(json.data.archive_file ?? {});
  expect(only(json, "aws_lambda_function")).toMatchObject({
    filename: `\${data.archive_file.${name}.output_path}`,
    source_code_hash: `\${data.archive_file.${name}.output_base64sha256}`,
  });
});

test("makes the log group itself, with retention, and the function after it", () => {
  const json = synthFunction({ logRetentionDays: 7 });
  expect(only(json, "aws_cloudwatch_log_group")).toEqual({ name: "/aws/lambda/my-echo", retention_in_days: 7 });
  const logging = only(json, "aws_lambda_function").logging_config as Values;
  expect(addressIn(logging.log_group)).toBe(
    `aws_cloudwatch_log_group.${Object.keys(json.resource.aws_cloudwatch_log_group ?? {})[0]}`,
  );
});

test("keeps logs for a month unless told otherwise", () => {
  expect(only(synthFunction(), "aws_cloudwatch_log_group").retention_in_days).toBe(30);
});

test("may write its own log stream and nothing else", () => {
  const json = synthFunction();
  const [logs] = Object.keys(json.resource.aws_cloudwatch_log_group ?? {});
  expect(JSON.parse(String(only(json, "aws_iam_role_policy").policy)).Statement).toEqual([
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `\${aws_cloudwatch_log_group.${logs}.arn}:*`,
    },
  ]);
  expect(only(json, "aws_iam_role")).toEqual({
    name: "my-echo",
    assume_role_policy: expect.stringContaining("lambda.amazonaws.com"),
  });
});

test("may do what it is given besides, once its policy is there", () => {
  const json = synthFunction({ permissions: [{ actions: ["cognito-idp:AdminGetUser"], resource: "arn:aws:x" }] });
  expect(JSON.parse(String(only(json, "aws_iam_role_policy").policy)).Statement[1]).toEqual({
    Effect: "Allow",
    Action: ["cognito-idp:AdminGetUser"],
    Resource: "arn:aws:x",
  });
  expect(only(json, "aws_lambda_function").depends_on).toEqual([
    `aws_iam_role_policy.${Object.keys(json.resource.aws_iam_role_policy ?? {})[0]}`,
  ]);
});

test("takes memory, time-out and environment", () => {
  const json = synthFunction({ memoryMb: 512, timeoutSeconds: 28, environment: { A: "b" } });
  expect(only(json, "aws_lambda_function")).toMatchObject({
    memory_size: 512,
    timeout: 28,
    environment: { variables: { A: "b" } },
  });
});

test.each([0, 901, 1.5, Number.NaN])("rejects a time-out of %s s", (timeoutSeconds) => {
  expect(() => synthFunction({ timeoutSeconds })).toThrow(
    `timeoutSeconds of my-echo must be a whole number from 1 to 900, got ${timeoutSeconds}`,
  );
});

test.each(["", "a b", "x".repeat(65)])("rejects the name %j", (functionName) => {
  expect(() => synthFunction({ functionName })).toThrow(`got ${JSON.stringify(functionName)}`);
});

test.each(["CLIENT_SECRET", "db_password", "API_KEY", "GITHUB_TOKEN", "PRIVATE_KEY", "CREDENTIALS"])(
  "rejects %s in the environment: its name says that it is a secret",
  (name) =>
    expect(() => synthFunction({ environment: { [name]: "x" } })).toThrow(`must not hold a secret, got ${name}`),
);

test("rejects the client's secret in the environment under any name", () => {
  expect(() =>
    synthScope((stack) => {
      const client = new CognitoUserPoolClient(stack, "client", { name: "c", userPoolId: "p", generateSecret: true });
      new NodeFunction(stack, "echo", {
        functionName: "echo",
        entry: "functions/echo.ts",
        runtime: "nodejs22.x",
        environment: { HARMLESS: client.clientSecret },
      });
    }),
  ).toThrow("must not hold a secret, got HARMLESS");
});

test.each(["AWS_REGION", "LAMBDA_TASK_ROOT", "_HANDLER"])("rejects %s in the environment: it is Lambda's", (name) => {
  expect(() => synthFunction({ environment: { [name]: "x" } })).toThrow(`Lambda's own variables, got ${name}`);
});

test("rejects a time-out that ends before the code has waited for others", () => {
  expect(() => synthFunction({ timeoutSeconds: 9, waitSeconds: 9 })).toThrow(
    "timeoutSeconds of my-echo must be more than the 9 s that its code waits, got 9",
  );
  expect(() => synthFunction({ timeoutSeconds: 10, waitSeconds: 9 })).not.toThrow();
});

test.each(["STRIPE_SECRET_ARN", "DB_SECRET_NAME", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SQS"])(
  "takes %s in the environment: neither a secret nor Lambda's own",
  (name) => expect(() => synthFunction({ environment: { [name]: "x" } })).not.toThrow(),
);

const built = (build: (fn: NodeFunction) => void) =>
  synthScope((stack) =>
    build(
      new NodeFunction(stack, "echo", { functionName: "my-echo", entry: "functions/echo.ts", runtime: "nodejs22.x" }),
    ),
  );

test("adds statements and variables after it was made", () => {
  const json = built((fn) => {
    fn.allow({ actions: ["sqs:SendMessage"], resource: ["arn:aws:sqs:::a", "arn:aws:sqs:::b"] });
    fn.addEnvironment("QUEUE_ARN", fn.arn);
    fn.addEnvironment("QUEUE_ARN", fn.arn);
  });
  expect(JSON.parse(String(only(json, "aws_iam_role_policy").policy)).Statement).toHaveLength(2);
  expect(JSON.parse(String(only(json, "aws_iam_role_policy").policy)).Statement[1]).toEqual({
    Effect: "Allow",
    Action: ["sqs:SendMessage"],
    Resource: ["arn:aws:sqs:::a", "arn:aws:sqs:::b"],
  });
  const { variables } = only(json, "aws_lambda_function").environment as { variables: Values };
  expect(variables.QUEUE_ARN).toMatch(/^\$\{aws_lambda_function\..*\.arn\}$/);
});

test("rejects a second value for a variable, a secret and a wildcard that are added later", () => {
  expect(() =>
    built((fn) =>
      ["a", "b"].forEach((value) => {
        fn.addEnvironment("A", value);
      }),
    ),
  ).toThrow("give A one value, got two");
  expect(() => built((fn) => fn.addEnvironment("API_KEY", "x"))).toThrow("must not hold a secret, got API_KEY");
  expect(() => built((fn) => fn.allow({ actions: ["s3:*"], resource: "arn:aws:s3:::b" }))).toThrow("got s3:*");
});

import { clientsCallers } from "../../../review/rules/clients-callers";
import { pairs } from "../support/pairs";
import { created, destroyed, replaced } from "../support/plan";

const FN = "aws_lambda_function.report";
const values = { function_name: "report", arn: "arn:aws:lambda:us-east-1:123456789012:function:report" };

pairs(clientsCallers, [
  [
    "clients-broken",
    "a function that goes alone",
    [destroyed(FN, values)],
    "one that goes with the permission of its caller",
    [destroyed(FN, values), destroyed("aws_lambda_permission.p", { function_name: values.arn })],
  ],
  [
    "clients-broken",
    "a function that gets another name",
    [replaced(FN, values, { ...values, function_name: "reports" }, { replacePaths: [["function_name"]] })],
    "one that is replaced under the same name",
    [replaced(FN, values, { ...values, package_type: "Image" }, { replacePaths: [["package_type"]] })],
  ],
  [
    "clients-broken",
    "a function that goes, and a permission for a function with a longer name",
    [destroyed(FN, values), destroyed("aws_lambda_permission.p", { function_name: "report-old" })],
    "one that has another address in Terraform",
    [destroyed(FN, values), created("aws_lambda_function.renamed", values)],
  ],
]);

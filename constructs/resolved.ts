/** A value as it will stand in the JSON: references in Terraform's own form, `${type.name.attribute}`. */
import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

export function resolved<T>(scope: IConstruct, value: T): T {
  return Tokenization.resolve(value, {
    scope,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
}

import * as v from "valibot";
import { block } from "./block";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
export interface AttributeSchema {
  readonly name: string;
  readonly type: string;
  readonly mutable: boolean;
  readonly required: boolean;
  /** Of a string its length, of a number its value. */
  readonly min: number;
  readonly max: number;
}

const bound = v.nullish(v.union([v.number(), v.pipe(v.string(), v.transform(Number))]));
/** Terraform's `schema` block of a user pool: a custom attribute, or another rule for a standard one. */
export const schemaBlock = v.object({
  name: v.string(),
  attribute_data_type: v.string(),
  mutable: v.nullish(v.boolean(), true),
  required: v.nullish(v.boolean(), false),
  string_attribute_constraints: block({ min_length: bound, max_length: bound }),
  number_attribute_constraints: block({ min_value: bound, max_value: bound }),
});

const standard = (name: string, type = "String", max = 2048, min = 0): AttributeSchema => ({
  name,
  type,
  mutable: name !== "sub",
  required: false,
  min,
  max,
});

const plain =
  "address email family_name gender given_name locale middle_name name nickname phone_number picture preferred_username profile sub website zoneinfo";

const standardAttributes: readonly AttributeSchema[] = [
  ...plain.split(" ").map((name) => standard(name)),
  standard("birthdate", "String", 10, 10),
  standard("email_verified", "Boolean"),
  standard("phone_number_verified", "Boolean"),
  standard("updated_at", "Number", Number.MAX_SAFE_INTEGER),
];

/** The pool's attributes: the standard ones, and the custom ones under their full name `custom:<name>`. */
export function attributeSchemas(blocks: readonly v.InferOutput<typeof schemaBlock>[]): AttributeSchema[] {
  const isStandard = (name: string) => standardAttributes.some((attribute) => attribute.name === name);
  const configured = blocks.map((block) => ({
    name: isStandard(block.name) || block.name.startsWith("custom:") ? block.name : `custom:${block.name}`,
    type: block.attribute_data_type,
    mutable: block.mutable,
    required: block.required,
    min: Number(
      block.string_attribute_constraints.min_length ??
        block.number_attribute_constraints.min_value ??
        Number.NEGATIVE_INFINITY,
    ),
    max: Number(
      block.string_attribute_constraints.max_length ??
        block.number_attribute_constraints.max_value ??
        Number.POSITIVE_INFINITY,
    ),
  }));
  return [...standardAttributes.filter(({ name }) => !configured.some((one) => one.name === name)), ...configured];
}

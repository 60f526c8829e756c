export interface CustomAttribute {
  /** Without `custom:`, 1 to 20 characters. */
  readonly name: string;
  readonly type: "string" | "number" | "boolean" | "datetime";
  /**
   * Whether it can change once it is set.
   * @default true
   */
  readonly mutable?: boolean;
  /**
   * Least length of a string, or least number.
   * @default - none
   */
  readonly min?: number;
  /**
   * Greatest length of a string, at most 2048, or greatest number.
   * @default - none
   */
  readonly max?: number;
}

const types = { string: "String", number: "Number", boolean: "Boolean", datetime: "DateTime" } as const;

/**
 * The block that Terraform wants. It gives both bounds of strings and numbers: without them, plans differ for ever.
 * @throws Error for a name or bounds that Cognito rejects at apply
 */
export function attributeSchema({ name, type, mutable = true, min, max }: CustomAttribute) {
  if (!/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u.test(name) || name.startsWith("custom:")) {
    throw new Error(`customAttributes: name must be 1 to 20 characters without blanks and "custom:", got ${name}`);
  }
  if (type === "string" && (max ?? 2048) > 2048) {
    throw new Error(`customAttributes: max of ${name} must be at most 2048, got ${max}`);
  }
  return {
    name,
    attributeDataType: types[type],
    mutable,
    developerOnlyAttribute: false,
    required: false,
    ...(type === "string" && {
      stringAttributeConstraints: { minLength: String(min ?? 0), maxLength: String(max ?? 2048) },
    }),
    ...(type === "number" && {
      numberAttributeConstraints: {
        ...(min !== undefined && { minValue: String(min) }),
        ...(max !== undefined && { maxValue: String(max) }),
      },
    }),
  };
}

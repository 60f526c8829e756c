/** Items as DynamoDB's protocol carries them. */
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";

type Members = Record<string, unknown>;

const isMembers = (value: unknown): value is Members => typeof value === "object" && value !== null;

const map = (value: unknown, change: (item: Members) => unknown): unknown =>
  Array.isArray(value) ? value.map((item) => map(item, change)) : isMembers(value) ? change(value) : value;

/** An output of plain items. */
export const onTheWire = (output: object): Members =>
  Object.fromEntries(Object.entries(output).map(([name, value]) => [name, map(value, (item) => marshall(item))]));

const names = ["Item", "Key", "ExclusiveStartKey", "ExpressionAttributeValues"];

/** The input of a request, with plain items. */
export const plain = (input: unknown): Members =>
  Object.fromEntries(
    Object.entries(input as Members).map(([name, value]) => [
      name,
      names.includes(name) ? unmarshall(value as Parameters<typeof unmarshall>[0]) : value,
    ]),
  );

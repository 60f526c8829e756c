/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
import { randomUUID } from "node:crypto";

/** Hexadecimal digits. Node.js has random bytes of many UUIDs in stock, while `randomBytes` asks the system each time. */
const randomHex = (digits: number) => randomUUID().replaceAll("-", "").slice(-digits);

/** `Root=1-<seconds>-<id>`, for a request that brings none. */
export function newTraceId(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
    .toString(16)
    .padStart(8, "0");
  return `Root=1-${seconds}-${randomHex(24)}`;
}

/** The trace header of a REST API's response: the parts that the request sent, and those that it did not. */
export function responseTraceId(traceId: string, milliseconds: number): string {
  const parts = traceId.split(";").map((part) => part.trim());
  const has = (name: string) => parts.some((part) => part.toLowerCase().startsWith(`${name}=`));
  const root = has("root") ? [] : [newTraceId(milliseconds)];
  const parent = has("parent") ? [] : [`Parent=${randomHex(16)}`];
  const sampled = has("sampled") ? [] : [`Sampled=${has("parent") ? 1 : 0}`];
  return [...root, ...parts.filter(Boolean), ...parent, ...sampled].join(";");
}

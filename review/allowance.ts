/** A danger that a reviewer allows: a kind everywhere, or at one address. */
import { isKind, type Kind, kinds } from "./kinds";

export interface Allowance {
  readonly kind: Kind;
  /** @default - everywhere */
  readonly address?: string;
  /** Why it is allowed; shown with the danger. @default - none */
  readonly reason?: string;
}

/** @returns undefined when the text, `users-lost` or `users-lost=ADDRESS`, names no kind */
export function readAllowance(text: string): Allowance | undefined {
  const [kind = "", ...address] = text.split("=");
  if (!isKind(kind)) return undefined;
  return address.length === 0 ? { kind } : { kind, address: address.join("=") };
}

export const allowanceHelp = `one of ${kinds.join(", ")}, alone or as KIND=ADDRESS`;

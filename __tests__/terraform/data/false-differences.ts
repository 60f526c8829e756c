/** Differences that a plan shows after an apply although there is none: the emulator's fault. One that no longer shows fails the gate. */

export interface FalseDifference {
  readonly type: string;
  readonly attribute: string;
  /** What the emulator does wrong. */
  readonly reason: string;
}

export const falseDifferences: readonly FalseDifference[] = [
  {
    type: "aws_lambda_function",
    attribute: "logging_config",
    reason: "moto 5.2.1 takes LoggingConfig but leaves it out of GetFunction's answer, so that it seems to be missing",
  },
];

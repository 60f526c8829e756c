/** The file is not a plan that can be judged; the message says what was found instead, without any value of the file. */
export class PlanError extends Error {}

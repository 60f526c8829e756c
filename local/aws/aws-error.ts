/** An error response of an AWS service, before it takes the form of the service's protocol. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** HTTP status, for the protocols that have one per error. */
    readonly status = 400,
  ) {
    super(message);
  }
}

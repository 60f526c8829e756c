/** Where the metrics and the access log of an API are found. Both kinds of API have the metrics Count, Latency and IntegrationLatency. */
export interface ApiMetrics {
  /** Dimensions of the stage in the namespace `AWS/ApiGateway`. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly clientErrors: "4XXError" | "4xx";
  readonly serverErrors: "5XXError" | "5xx";
  readonly accessLogGroup: string;
}

import type { Config } from "../config";

/** The settings that the document depends on. */
export type OpenApiSettings = Pick<
  Config,
  | "apiStage"
  | "apiType"
  | "domainBasePath"
  | "domainName"
  | "project"
  | "refreshTokenCookie"
  | "region"
  | "selfSignUp"
  | "throttleBurst"
  | "throttleRate"
  | "tokenHeader"
  | "tokenUse"
  | "waf"
>;

/** Whether the refresh token travels in a cookie. */
export const usesCookie = ({ refreshTokenCookie }: OpenApiSettings): boolean => refreshTokenCookie !== "false";

export interface UserEnvironmentProps {
  /** Name of the deployment, which authenticator apps show. */
  readonly name: string;
  readonly userPoolId?: string | undefined;
  readonly webClientId: string | undefined;
  readonly mfa: string;
  readonly tokenUse: "id" | "access";
  readonly tokenHeader: string;
  readonly refreshTokenCookie: "false" | "true" | "strict" | "lax" | "none";
  readonly refreshTokenDays: number;
}

/** Variables of the functions that only some settings of the users need. The defaults need none. */
export function userEnvironment(props: UserEnvironmentProps): Record<string, string> {
  const existing = props.userPoolId !== undefined;
  return {
    ...(existing && { EXISTING_USER_POOL: "true" }),
    ...(props.webClientId !== undefined && { WEB_CLIENT_ID: props.webClientId }),
    ...((existing || props.mfa !== "off") && { MFA_ISSUER: props.name }),
    ...cookieEnvironment(props),
    ...(props.tokenUse === "access" && props.tokenHeader !== "Authorization" && { TOKEN_HEADER: props.tokenHeader }),
  };
}

/** A page is of another site than an API on AWS's own domain, so that only `None` works unless the setting says otherwise. */
function cookieEnvironment({ refreshTokenCookie, refreshTokenDays }: UserEnvironmentProps): Record<string, string> {
  if (refreshTokenCookie === "false") return {};
  const sameSite = { true: "None", none: "None", lax: "Lax", strict: "Strict" }[refreshTokenCookie];
  return { REFRESH_TOKEN_COOKIE: sameSite, REFRESH_TOKEN_SECONDS: String(refreshTokenDays * 86_400) };
}

/** The web ACLs of one deployment: which rules stand in front of the API, and which in front of the pool. */
import { Construct } from "constructs";
import { isPublic, type Route, type Throttle } from "../api/route";
import { Firewall, managedRules, rateLimit } from "./firewall";

export interface FirewallsProps {
  readonly name: string;
  readonly routes: readonly Route[];
  /** Limit of the stage: what the functions may send to Cognito at most. */
  readonly throttle: Throttle;
  readonly stageArn: string;
  /** @default - an existing pool keeps its own web ACL */
  readonly userPoolArn?: string;
  readonly tokenHeader: string;
  readonly logRetentionDays: number;
  readonly kmsKeyArn?: string;
}

const FIVE_MINUTES = 300;
/** Per address in five minutes: a page of one user makes a few; many users share the address of a company. */
const REQUESTS = 2_000;
/** Where passwords and codes can be guessed. */
const GUESSES = 100;

export class Firewalls extends Construct {
  constructor(scope: Construct, id: string, props: FirewallsProps) {
    super(scope, id);
    const { name, routes, throttle, stageArn, userPoolArn, ...kept } = props;
    const common = {
      ...kept,
      secretHeaders: [...new Set(["authorization", "cookie", props.tokenHeader.toLowerCase()])],
    };
    const guessable = [...new Set(routes.filter((route) => isPublic(route) && route.throttle).map(({ path }) => path))];
    new Firewall(this, "api", {
      ...common,
      name: `${name}-api`,
      resourceArn: stageArn,
      rules: [
        ...(guessable.length > 0 ? [rateLimit("sign-in-rate", 0, GUESSES, guessable)] : []),
        rateLimit("rate", 1, REQUESTS),
        managedRules("AWSManagedRulesAmazonIpReputationList", 2),
        managedRules("AWSManagedRulesKnownBadInputsRuleSet", 3),
        managedRules("AWSManagedRulesCommonRuleSet", 4),
      ],
    });
    if (userPoolArn === undefined) return;
    new Firewall(this, "pool", {
      ...common,
      name: `${name}-pool`,
      resourceArn: userPoolArn,
      rules: [
        // The functions call Cognito from few addresses of Lambda, without a User-Agent: they must pass whatever the API lets through,
        // twice over for repeated requests. AWS's common set and list of addresses could block them, and all users with them.
        rateLimit("rate", 0, Math.max(REQUESTS, 2 * throttle.rateLimit * FIVE_MINUTES)),
        managedRules("AWSManagedRulesKnownBadInputsRuleSet", 1),
      ],
    });
  }
}

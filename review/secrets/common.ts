/**
 * Common values are hidden at their own place and not searched for: to erase every `destroy` or `lambda` from a report
 * because a secret has that value would ruin the report, and give the secret away.
 */

/** Terraform's and AWS's words, and those that stand where a plan's own text could: sorted by letter, not by subject. */
const WORDS = new Set(
  `a access account active admin alias allow allowed always an and another any api app apply arm64 audit auth authorization
  authorizer aws basic bearer before block bucket by change changed changes client clients cloud code cognito complete config
  configuration count create created credentials custom customer dangerous data database db debug default delete deleted deny
  deployment destroy destroyed dev development disable disabled document domain effect email enable enabled encrypted
  endpoint enforced error event example exists false file flow for forget forgotten from function gateway get global group
  guest header health host http https iam id image in index info input instance internal internet is key known lambda level
  limited local localhost log logged logging logs lost main managed master mfa mode model move mock name network new no none
  not null object of off on one open opened optional or origin output owner paris pass password patch path permission plan
  point policy pool port post prefix preview primary private prod production project protected proxy public put queue read
  refers region regional remote replace request required resource response rest role root route router rule rules safe sandbox
  schema secret secrets secure sensitive served server service session sessions set shown sms staging stage standard standby
  state static status stop string string subnet such table tag target task template test test1 testing tls token tokens
  topic trail true trust type undefined unknown update updated url user username users value version vpc warn web whole
  with write x86`.split(/\s+/),
);

const REGION = /^[a-z]{2}(-[a-z]+)+-\d[a-z]?$/;

/** A phrase of more is no common one, unless it is an identifier. */
const MOST_WORDS = 2;

/** @param names the plan's own identifiers (types, names, attributes) and their words, as `addWords` adds them */
export function isCommon(value: string, names: ReadonlySet<string>): boolean {
  if (/^\d{1,5}$/.test(value) || REGION.test(value)) return true;
  const text = value.toLowerCase();
  if (names.has(text)) return true;
  const words = text.split(/[^a-z0-9]+/).filter((word) => word !== "");
  return (
    words.length <= MOST_WORDS && words.every((word) => /^\d{1,2}$/.test(word) || WORDS.has(word) || names.has(word))
  );
}

/** Identifiers such as `aws_lambda_function` or `user_pool_id`, and their words. */
export function addWords(identifier: string, names: Set<string>): void {
  const text = identifier.toLowerCase();
  names.add(text);
  for (const word of text.split(/[^a-z0-9]+/)) if (word !== "") names.add(word);
}

import { ActionFailure } from '../../../outcome/failure.ts';

/** A Fly token, and how each of Fly's surfaces wants it. Source: fly-go `tokens/tokens.go`. */
export interface FlyToken {
  /** As flyctl takes it in `FLY_API_TOKEN`. */
  readonly value: string;
  /** GraphQL and machines: macaroons alone under `FlyV1` when there are any, else the rest under `Bearer`. */
  readonly authorization: string;
  /** The whole value and every part of it: each must be masked. */
  readonly parts: readonly string[];
}

const macaroonPrefixes = ['fm1r_', 'fm1a_', 'fm2_'];

const foreign: readonly { pattern: RegExp; owner: string }[] = [
  { pattern: /^(gh[pousr]_|github_pat_)/, owner: 'GitHub' },
  { pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, owner: 'Railway' },
  { pattern: /^(vc[a-z]_|vercel_)/, owner: 'Vercel' },
];

/** Reads a token as flyctl does: schemes are stripped as often as they stand there, parts are split at commas. */
export function parseFlyToken(raw: string): FlyToken {
  const value = raw.trim().replace(/^((FlyV1|Bearer)\s+)+/i, '');
  const owner = foreign.find(({ pattern }) => pattern.test(value))?.owner;
  if (owner !== undefined) {
    throw new ActionFailure({
      code: 'token-kind',
      what: `\`fly-token\` holds a ${owner} token`,
      why: 'Fly tokens begin with `FlyV1 fm2_` (made by `fly tokens create`) or `fo1_`',
      next: 'Create one with `fly tokens create deploy --app <app>` and store it as the secret this job reads.',
    });
  }
  const parts = value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const macaroons = parts.filter((part) => macaroonPrefixes.some((prefix) => part.startsWith(prefix)));
  const authorization = macaroons.length > 0 ? `FlyV1 ${parts.join(',')}` : `Bearer ${parts.join(',')}`;
  return {
    value: macaroons.length > 0 ? `FlyV1 ${value}` : value,
    authorization,
    parts: [...new Set([raw.trim(), value, ...parts])],
  };
}

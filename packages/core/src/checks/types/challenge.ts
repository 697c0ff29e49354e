import { bypassHeader } from '../exchange/hop.ts';
import type { HeaderList } from '../exchange/message.ts';
import { headerOf } from '../exchange/message.ts';
import type { AttemptContext, Finding } from './check-type.ts';
import { isFlyHost } from './fly-host.ts';

/** How an edge says that it has answered in the service's place: by its own header, with these values and statuses. */
interface Edge {
  readonly name: string;
  readonly header: string;
  readonly says: readonly string[];
  readonly statuses: readonly number[];
}

const turnedAway = [403, 429, 503];

/** Only what their makers document: a page that looks like a challenge may be the service's own. */
const edges: readonly Edge[] = [
  { name: 'Cloudflare', header: 'cf-mitigated', says: ['challenge'], statuses: turnedAway },
  {
    name: 'Vercel’s firewall',
    header: 'x-vercel-mitigated',
    says: ['challenge', 'deny'],
    statuses: turnedAway,
  },
  { name: 'AWS WAF', header: 'x-amzn-waf-action', says: ['challenge', 'captcha'], statuses: [202, 405] },
];

/** What may be a challenge. */
export interface PossibleChallenge {
  readonly status: number;
  readonly headers: HeaderList;
}

/** Who asks: what is to be set depends on it. */
export interface Asking extends Pick<AttemptContext, 'platformHealth'> {
  /** Who was asked. */
  readonly host: string;
  /** Headers of the request. */
  readonly sent?: HeaderList;
}

/**
 * The finding on an edge's challenge, which says nothing of the service behind it: nobody but a browser gets through.
 * Undefined for any other answer, and for what a host of Fly's own says.
 */
export function challengeOf({ status, headers }: PossibleChallenge, asking: Asking): Finding | undefined {
  if (isFlyHost(asking.host)) return undefined;
  for (const edge of edges) {
    const said = headerOf(headers, edge.header)?.trim().toLowerCase();
    if (said === undefined || !edge.says.includes(said) || !edge.statuses.includes(status)) continue;
    const who = `${status} from ${edge.name} in place of the service (${edge.header}: ${said})`;
    const failure = {
      read: 'status',
      expected: 'an answer of the service itself',
      actual: `${who}; ${wayPast(edge, asking)}`,
    };
    // To go on asking makes no edge milder.
    return { failureClass: 'definition', failure, endsAs: 'error', reason: 'challenged' };
  }
  return undefined;
}

const elsewhere = 'or check an address that leads past it, such as the platform’s own host';

function wayPast({ header }: Edge, { platformHealth, sent = {} }: Asking): string {
  const rule = 'let this check through by a rule of the firewall (for a header that it sends)';
  const mayBypass =
    header === 'x-vercel-mitigated' && platformHealth === undefined && !(bypassHeader in sent);
  return mayBypass ? `pass \`protection-bypass\`, ${rule}, ${elsewhere}` : `${rule}, ${elsewhere}`;
}

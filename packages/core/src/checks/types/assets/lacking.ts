import { createHash } from 'node:crypto';
import { defined } from '../../../text/defined.ts';
import type { AssertionFailure } from '../../check-result.ts';
import { failureText } from '../../failure-text.ts';
import type { Finding, MayLack } from '../check-type.ts';

/** Something that is wrong with what a page names. */
export interface Fault extends AssertionFailure, Pick<Finding, 'failureClass' | 'reason'> {
  /** `fail` when absent. */
  readonly endsAs?: Finding['endsAs'];
  /** The asset it is wrong with; absent where the page itself is at fault, or cannot do without it. */
  readonly id?: string;
}

/** Whether the asset of this id decides nothing where it is missing. */
export function mayBeMissing(id: string, mayLack: MayLack | undefined): boolean {
  return mayLack === 'anything' || (mayLack?.includes(id) ?? false);
}

/** What the faults of a visit come to. */
export interface Weighed {
  readonly findings: readonly Finding[];
  readonly warnings: readonly string[];
  /** What was not there, as far as it may be so later: bounded. */
  readonly lacking: readonly string[];
}

/** Of what a page lacked before, so much is remembered. */
const mostRemembered = 1000;
/** Of what decides nothing, so many are told each in a line. */
const mostTold = 20;

/**
 * What an asset is known by from one look to the next: its address, without the origin where that is the page's own,
 * which may be another before a release takes traffic. A digest: an address may be long, or hold a secret.
 */
export function assetId({ origin, pathname, search, href }: URL, page: URL): string {
  const name = origin === page.origin ? `${pathname}${search}` : href;
  return createHash('sha256').update(name).digest('base64url').slice(0, 16);
}

/** No worse than before: what was missing then is a warning, all else a finding. `unseen` was not looked at. */
export function weigh(
  faults: readonly Fault[],
  unseen: readonly string[],
  mayLack: MayLack | undefined,
): Weighed {
  const isAllowed = ({ id }: Fault) => id !== undefined && mayBeMissing(id, mayLack);
  const counted = faults.filter((fault) => !isAllowed(fault)).sort(byWeight);
  const told = faults.filter(isAllowed).sort(byWeight);
  const why = mayLack === 'anything' ? 'no script and no style sheet' : 'so it was before the change';
  const more = told.length - mostTold;
  return {
    findings: counted.map(({ read, expected, actual, failureClass, endsAs = 'fail', reason }) => ({
      failureClass,
      failure: { read, expected, actual },
      endsAs,
      ...defined({ reason }),
    })),
    warnings: [
      ...told.slice(0, mostTold).map((fault) => `${failureText(fault)}: ${why}`),
      ...(more > 0 ? [`${more} more like these: ${why}`] : []),
    ],
    lacking: [...new Set([...faults.flatMap(({ id }) => id ?? []), ...unseen])].slice(0, mostRemembered),
  };
}

/**
 * The first finding names the class of the failure: what waiting cannot heal comes first. Answers come in any
 * order; a report tells the same tale each time.
 */
function byWeight(one: Fault, other: Fault): number {
  return waitRank(one) - waitRank(other) || one.read.localeCompare(other.read, 'en');
}

function waitRank({ failureClass }: Fault): number {
  return failureClass === 'assertion' || failureClass === 'tls-verdict' ? 0 : 1;
}

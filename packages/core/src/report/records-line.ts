import type { LedgerRecord } from '../ledger/record.ts';
import { code } from '../text/markdown.ts';

/** What a decision by records rests on. */
export interface RecordsTrust {
  readonly repository: { readonly owner: string; readonly name: string } | undefined;
  readonly isSigned: boolean;
  readonly doubted: readonly LedgerRecord[];
}

/** Who could have written the records that were decided by: one line of Markdown. */
export function recordsLine({ repository, isSigned, doubted }: RecordsTrust): string {
  if (isSigned) {
    const ids = doubted.map(({ id }) => id);
    return ids.length === 0
      ? `signed with ${code('ledger-key')}`
      : `signed with ${code('ledger-key')}; ${ids.length} passed over: ${ids.slice(0, 10).join(', ')}${ids.length > 10 ? ', …' : ''}`;
  }
  const { owner = '', name = '' } = repository ?? {};
  return `believed as they stand: whoever may write deployments in ${code(`${owner}/${name}`)} could have written them; ${code('ledger-key')} signs them`;
}

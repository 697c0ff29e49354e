import { randomBytes } from 'node:crypto';
import { isCommit } from '../text/commit.ts';
import { defined } from '../text/defined.ts';
import type { Intent, LedgerRecord } from './record.ts';
import type { Seal } from './signing.ts';

/**
 * An intent as it is written: known by a nonce from any other, and signed where there is a key. `newest` is the id of
 * the newest record that was there before. A commit that is none is not written.
 */
export function sealedIntent(
  intent: Intent,
  {
    kind,
    seal,
    newest,
  }: {
    readonly kind: LedgerRecord['kind'];
    readonly seal: Seal | undefined;
    readonly newest: string | undefined;
  },
): Intent {
  const { signature: _, after: __, nonce = randomBytes(6).toString('base64url'), ...rest } = intent;
  const own = { ...rest, commit: isCommit(rest.commit) ? rest.commit : null, nonce };
  if (seal === undefined) return own;
  const fields = { ...own, ...defined({ after: newest }) };
  return { ...fields, signature: seal.intent({ kind, fields }) };
}

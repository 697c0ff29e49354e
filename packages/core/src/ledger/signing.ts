import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonical } from './canonical.ts';
import type { LedgerRecord, SignatureProblem } from './record.ts';

/** What is signed of a fact: on another record, in another state or with other words it is another one. */
export interface FactClaim {
  /** GitHub deployment id. */
  readonly record: string;
  /** As REST writes it: `in_progress`. */
  readonly state: string;
  /** The status description without its signature. */
  readonly text: string;
  /** When it was signed, seconds since the epoch: posted once more later it is another fact. */
  readonly moment: number;
}

/** What is signed of an intent: the whole payload but for its signature, fields of later versions included. */
export interface IntentClaim {
  readonly kind: LedgerRecord['kind'];
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Signs what is written to one repository's records, and tells what was signed from what anybody wrote. */
export interface Seal {
  /** The signature of the first key. */
  fact(claim: FactClaim): string;
  intent(claim: IntentClaim): string;
  /** Why a fact is not believed; undefined when any of the keys has signed it. */
  doubtFact(claim: FactClaim, signature: string | undefined): SignatureProblem | undefined;
  doubtIntent(claim: IntentClaim): SignatureProblem | undefined;
}

/** Of base64url characters, each six bits: 132 bits are more than anybody tries. */
export const signatureLength = 22;

/** undefined without a key: then nothing is signed, and all counts as it stands. */
export function sealOf(
  keys: readonly string[],
  repository: { readonly owner: string; readonly name: string } | undefined,
): Seal | undefined {
  const [first] = keys;
  if (first === undefined || repository === undefined) return undefined;
  // GitHub takes owners and names in any case.
  const place = `${repository.owner}/${repository.name}`.toLowerCase();
  const factText = ({ record, state, text, moment }: FactClaim) =>
    JSON.stringify(['belay/1 fact', place, record, state, text, moment]);
  const intentText = ({ kind, fields }: IntentClaim) => {
    const { signature: _, ...own } = fields;
    return JSON.stringify(['belay/1 intent', place, kind, canonical(own)]);
  };
  const doubt = (text: string, signature: unknown): SignatureProblem | undefined => {
    if (signature === undefined) return 'unsigned';
    return keys.some((key) => isEqual(sign(key, text), signature)) ? undefined : 'wrong';
  };
  return {
    fact: (claim) => sign(first, factText(claim)),
    intent: (claim) => sign(first, intentText(claim)),
    doubtFact: (claim, signature) => doubt(factText(claim), signature),
    doubtIntent: (claim) => {
      const text = orTooDeep(() => intentText(claim));
      return text === undefined ? 'wrong' : doubt(text, claim.fields.signature);
    },
  };
}

/** undefined for a payload nested deeper than the stack allows: nothing that was signed here is. */
function orTooDeep(write: () => string): string | undefined {
  try {
    return write();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function sign(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, signatureLength);
}

/** In a time that tells nothing of where the two differ. */
function isEqual(right: string, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const [one, other] = [Buffer.from(right), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

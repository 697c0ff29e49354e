import { longest } from './facts.ts';
import type { SignatureProblem } from './record.ts';
import type { StatusRow } from './rows.ts';
import { type FactClaim, type Seal, signatureLength } from './signing.ts';

// How a fact and its signature share a status description: `belay/1 verdict pass ~0t8m3kqXk3…`. The signature's word
// begins with the second it was signed in, in base36: what is posted once more later proves nothing.

const signatureSeparator = ' ~';
/** Seconds since the epoch have six base36 characters until 2038, and seven until the year 4453. */
const momentLength = 7;
const signed = new RegExp(
  `^(?<text>.*)${signatureSeparator}(?<moment>[0-9a-z]{${momentLength}})(?<signature>[\\w-]{${signatureLength}})$`,
  's',
);

/** The runner's clock and GitHub's may differ, and an answer may be long in coming: so much, milliseconds. */
export const signedWithinMs = 5 * 60 * 1000;

/** A description taken apart. */
export interface Signed {
  readonly text: string;
  /** When it was signed, seconds since the epoch. */
  readonly moment?: number;
  readonly signature?: string;
}

/** How long a fact may be, so that its signature has room beside it; characters. */
export function roomBeside(seal: Seal | undefined): number {
  return seal === undefined ? longest : longest - signatureSeparator.length - momentLength - signatureLength;
}

/** The description that says a fact and proves it. `now`: milliseconds since the epoch. */
export function signedText(seal: Seal, claim: Omit<FactClaim, 'moment'>, now: number): string {
  const moment = Math.floor(now / 1000);
  const word = moment.toString(36).padStart(momentLength, '0');
  return `${claim.text}${signatureSeparator}${word}${seal.fact({ ...claim, moment })}`;
}

/** Takes a description apart. Who has no key reads the same fact as who has. */
export function readSigned(description: string): Signed {
  const { text, moment, signature } = signed.exec(description)?.groups ?? {};
  if (text === undefined || moment === undefined || signature === undefined) return { text: description };
  return { text, moment: Number.parseInt(moment, 36), signature };
}

/** Why what a status says is not believed; undefined where it is, or where there is no key to doubt it by. */
export function signatureProblemOf(
  seal: Seal | undefined,
  { record, row, said }: { readonly record: string; readonly row: StatusRow; readonly said: Signed },
): SignatureProblem | undefined {
  const { text, moment = 0, signature } = said;
  const doubt = seal?.doubtFact({ record, state: row.state, text, moment }, signature);
  if (doubt !== undefined || seal === undefined) return doubt;
  const apartMs = Math.abs(Date.parse(row.created) - moment * 1000);
  return apartMs <= signedWithinMs ? undefined : 'wrong';
}

import { longest } from './facts.ts';
import { type FactClaim, type Seal, signatureLength } from './signing.ts';

// How a fact and its signature share a status description: `belay/1 verdict pass ~Xk3…`.

const mark = ' ~';
const signed = new RegExp(`^(?<text>.*)${mark}(?<signature>[\\w-]{${signatureLength}})$`, 's');

/** How long a fact may be, so that its signature has room beside it; characters. */
export function roomBeside(seal: Seal | undefined): number {
  return seal === undefined ? longest : longest - mark.length - signatureLength;
}

/** The description that says a fact and proves it. */
export function signedText(seal: Seal, claim: FactClaim): string {
  return `${claim.text}${mark}${seal.fact(claim)}`;
}

/** Takes a description apart. Who has no key reads the same fact as who has. */
export function readSigned(description: string): {
  readonly text: string;
  readonly signature: string | undefined;
} {
  const found = signed.exec(description)?.groups;
  return { text: found?.text ?? description, signature: found?.signature };
}

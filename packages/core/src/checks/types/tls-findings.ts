import type { Handshake } from '../exchange/handshake.ts';
import type { DateProblem } from '../exchange/identity.ts';
import { orderProblem } from '../exchange/identity.ts';
import type { Finding, Scope } from './check-type.ts';

/**
 * What is wrong with who answered: dates, chain, order and name, each on its own. What the check names itself is left to
 * it, and nothing besides: whoever takes a certificate that nobody vouches for does not take one that has expired.
 * `trusted` asks whether a chain can be found, in whatever order it was sent.
 */
export function identityFindings(handshake: Handshake, asserts: Scope['asserts']): readonly Finding[] {
  const { chainProblems, nameProblem, certificate, path } = handshake;
  const { dates, trust } = chainProblems;
  const isSound = dates.length === 0 && trust.length === 0;
  const order = isSound ? orderProblem(certificate, path) : undefined;
  const chain = order === undefined ? trust : [order];
  const name = nameProblem === undefined ? [] : [nameProblem];
  return [
    ...dates.filter((one) => !facts(one).some(asserts)).map(({ why }) => untrusted(why)),
    ...(asserts('trusted') ? [] : chain.map(untrusted)),
    ...(asserts('host-matches')
      ? []
      : name.map((why) => tlsFinding('certificate name', 'for the host', why))),
  ];
}

/** By which sources a check speaks of a date: the end of the whole chain, or only of the server's own certificate. */
function facts({ kind, isOwn }: DateProblem): readonly string[] {
  if (kind === 'early') return ['valid-from'];
  return isOwn ? ['days-left', 'leaf-days-left', 'valid-to'] : ['days-left'];
}

function untrusted(why: string): Finding {
  return tlsFinding('certificate chain', 'trusted', why);
}

export function tlsFinding(read: string, expected: string, actual: string): Finding {
  return { failureClass: 'tls-verdict', endsAs: 'fail', failure: { read, expected, actual } };
}

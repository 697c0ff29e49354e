import type { Handshake } from '../exchange/handshake.ts';
import { orderProblem } from '../exchange/identity.ts';
import type { Objection, Scope } from './check-type.ts';

/**
 * What is wrong with who answered: chain, order and name, each on its own. What the check asserts itself is left to it:
 * `trusted` asks whether a chain can be found, in whatever order it was sent.
 */
export function identityObjections(handshake: Handshake, asserts: Scope['asserts']): readonly Objection[] {
  const { chainProblems, nameProblem, certificate, path } = handshake;
  const order = chainProblems.length === 0 ? orderProblem(certificate, path) : undefined;
  const chain = order === undefined ? chainProblems : [order];
  const name = nameProblem === undefined ? [] : [nameProblem];
  return [
    ...(asserts('trusted') ? [] : chain.map((why) => tlsObjection('certificate chain', 'trusted', why))),
    ...(asserts('host-matches')
      ? []
      : name.map((why) => tlsObjection('certificate name', 'for the host', why))),
  ];
}

export function tlsObjection(read: string, expected: string, actual: string): Objection {
  return { failureClass: 'tls-verdict', endsAs: 'fail', failure: { read, expected, actual } };
}

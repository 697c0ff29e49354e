import { afterEach, describe, expect, it, vi } from 'vitest';
import { TlsMemory } from '../../../packages/core/src/checks/exchange/tls-memory.ts';

afterEach(() => void vi.restoreAllMocks());

const ticket = Buffer.from('ticket');
const attempt = (owner: object = {}) => ({ owner });

describe('a TLS session that is remembered', () => {
  it('is for another check, and for the attempt that made it', () => {
    const memory = new TlsMemory();
    const first = attempt();
    const session = { ticket, proof: memory.proofOf(first) };
    memory.keep('key', session);
    expect([memory.sessionFor('key', attempt()), memory.sessionFor('key', first)]).toEqual([
      session,
      session,
    ]);
    expect(memory.sessionFor('other key', attempt())).toBeUndefined();
  });

  it.each<[string, boolean]>([
    ['made it', true],
    ['used it', false],
  ])('is for no other attempt of the check that %s, nor is what came of it', (_, isMaker) => {
    const memory = new TlsMemory();
    const [maker, user] = [attempt(), attempt()];
    memory.keep('key', { ticket, proof: memory.proofOf(maker) });
    const used = memory.sessionFor('key', user);
    const again = attempt((isMaker ? maker : user).owner);
    const before = memory.sessionFor('key', again);
    if (used !== undefined) memory.keep('key', { ticket: Buffer.from('newer'), proof: used.proof });
    expect([before, memory.sessionFor('key', again)]).toEqual([undefined, undefined]);
  });

  it('is for nobody where its certificate was seen long ago, however often it was renewed', () => {
    const memory = new TlsMemory();
    const proof = memory.proofOf(attempt());
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + 6000);
    memory.keep('key', { ticket, proof });
    expect(memory.sessionFor('key', attempt())).toBeUndefined();
  });
});

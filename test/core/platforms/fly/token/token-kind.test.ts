import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpack } from '../../../../../packages/core/src/platforms/fly/token/message-pack.ts';
import {
  type FlyTokenKind,
  flyTokenKind,
} from '../../../../../packages/core/src/platforms/fly/token/token-kind.ts';
import { flyTokens } from '../../../../support/fly-tokens.ts';

const days = (count: number) => count * 86_400_000;

describe('the kind of a Fly token', () => {
  it.each<readonly [string, string, FlyTokenKind]>([
    ['a deploy token', flyTokens.deploy, { reach: 'app', lifeMs: days(90) }],
    [
      'a deploy token as it comes without `--expiry`',
      flyTokens.deployForYears,
      { reach: 'app', lifeMs: days(7300) },
    ],
    ['one narrowed to an app', flyTokens.appOnly, { reach: 'app', lifeMs: days(90) }],
    ['an organization’s', flyTokens.organization, { reach: 'organization', lifeMs: days(7300) }],
    [
      'an organization’s for a while',
      flyTokens.organizationNinetyDays,
      { reach: 'organization', lifeMs: days(90) },
    ],
    ['an organization’s that names no end', flyTokens.organizationWithoutEnd, { reach: 'organization' }],
    ['a read-only one', flyTokens.readonly, { reach: 'reads', lifeMs: days(90) }],
    ['one for SSH: two, of which one reads', flyTokens.ssh, { reach: 'app' }],
    ['one that runs a command', flyTokens.machineExec, { reach: 'app' }],
    ['those of two organizations', flyTokens.twoOrganizations, { reach: 'account' }],
    ['a personal one', 'fo1_abcdef', { reach: 'account' }],
    ['a personal one beside macaroons', `${flyTokens.deploy},fo1_abcdef`, { reach: 'account' }],
    [
      'a deploy token and an organization’s',
      `${flyTokens.deploy},${bare(flyTokens.organization)}`,
      { reach: 'organization', lifeMs: days(7300) },
    ],
    ['one without its scheme', bare(flyTokens.deploy), { reach: 'app', lifeMs: days(90) }],
    ['one pasted with its scheme twice', `FlyV1 ${flyTokens.deploy}\n`, { reach: 'app', lifeMs: days(90) }],
  ])('%s', (_, token, kind) => {
    expect(flyTokenKind(token)).toEqual(kind);
  });
});

describe('what a token does not tell is not guessed', () => {
  it.each<readonly [string, string, FlyTokenKind]>([
    [
      'one for WireGuard, of whose features nothing is known here',
      flyTokens.wireguard,
      { lifeMs: days(7300) },
    ],
    ['a caveat that is not known here', flyTokens.unknownCaveat, {}],
    ['no caveats', flyTokens.noCaveats, {}],
    ['a discharge alone', flyTokens.dischargeAlone, {}],
    ['nothing', '', {}],
    ['a scheme alone', 'FlyV1 ', {}],
    ['commas', ',,,', {}],
    ['a word', 'demo_fly_token', {}],
    ['another platform’s', 'ghp_abcdef', {}],
    ['one that is cut off', flyTokens.deploy.slice(0, 150), {}],
    ['one with a readable part and another', `${flyTokens.organization},nonsense`, {}],
    ['no base64', 'fm2_*****', {}],
    [
      'a list that is said to be endless',
      `fm2_${Buffer.from([0xdd, 0xff, 0xff, 0xff, 0xff]).toString('base64')}`,
      {},
    ],
    ['lists in lists in lists', `fm2_${Buffer.alloc(20_000, 0x91).toString('base64')}`, {}],
  ])('%s', (_, token, kind) => {
    expect(flyTokenKind(token)).toEqual(kind);
  });

  it('and none makes it throw, whatever is changed in it', () => {
    const tokens = Object.values(flyTokens);
    const changed = fc.record({
      token: fc.constantFrom(...tokens),
      at: fc.nat(),
      by: fc.string(),
      cut: fc.nat(8),
    });
    fc.assert(
      fc.property(changed, ({ token, at, by, cut }) => {
        const from = at % token.length;
        expect(told(flyTokenKind(token.slice(0, from) + by + token.slice(from + cut)))).toMatch(onlyItsKind);
      }),
      { numRuns: 2_000 },
    );
  });

  it('and no bytes do', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const kind = flyTokenKind(`fm2_${Buffer.from(bytes).toString('base64')}`);
        expect(told(kind)).toMatch(onlyItsKind);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('MessagePack', () => {
  const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

  it.each([
    ['small numbers', '93 00 7f ff', [0, 127, -1]],
    ['numbers without sign', '94 cc ff cd 0100 ce 00010000 cf 0000010000000000', [255, 256, 65_536, 2 ** 40]],
    ['numbers with one', '94 d0 80 d1 8000 d2 80000000 d3 ffffffffffffffff', [-128, -32_768, -(2 ** 31), -1]],
    ['nothing, no and yes', '93 c0 c2 c3', [null, false, true]],
    ['text', '93 a1 61 d9 01 62 da 0001 63', ['a', 'b', 'c']],
    ['lists', 'dc 0002 90 91 01', [[], [1]]],
    [
      'maps',
      '82 01 02 a1 61 c3',
      {
        pairs: [
          [1, 2],
          ['a', true],
        ],
      },
    ],
  ])('%s', (_, bytes, value) => {
    expect(unpack(hex(bytes))).toEqual(value);
  });

  it.each([
    ['nothing', ''],
    ['more than one value', '01 02'],
    ['text that is cut off', 'a5 61'],
    ['a list that is cut off', '92 01'],
    ['an extension', 'd4 01 00'],
    ['a fraction', 'cb 3ff0000000000000'],
  ])('is not read from %s', (_, bytes) => {
    expect(unpack(hex(bytes))).toBeUndefined();
  });
});

/** All that may leave: a word of four, and a number of milliseconds. */
const onlyItsKind = /^(app|reads|organization|account)? \d*$/;

function told({ reach = '', lifeMs = '', ...rest }: Partial<Record<keyof FlyTokenKind, unknown>>): string {
  expect(rest).toEqual({});
  return `${reach} ${lifeMs}`;
}

function bare(token: string): string {
  return token.replace('FlyV1 ', '');
}

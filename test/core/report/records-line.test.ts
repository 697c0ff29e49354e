import { expect, it } from 'vitest';
import { recordsLine } from '../../../packages/core/src/report/records-line.ts';
import { aRecord } from '../../support/ledger-builders.ts';

const repository = { owner: 'acme', name: 'shop' };
const doubted = (count: number) => Array.from({ length: count }, (_, at) => aRecord({ id: `${at + 1}` }));

it.each([
  [
    'without a key, who could have written them',
    { isSigned: false, doubted: [] },
    'believed as they stand: whoever may write deployments in `acme/shop` could have written them; `ledger-key` signs them',
  ],
  ['with a key, that they are signed', { isSigned: true, doubted: [] }, 'signed with `ledger-key`'],
  [
    'with a key, which were passed over',
    { isSigned: true, doubted: doubted(2) },
    'signed with `ledger-key`; 2 passed over: 1, 2',
  ],
  [
    'no more than ten of them',
    { isSigned: true, doubted: doubted(12) },
    'signed with `ledger-key`; 12 passed over: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …',
  ],
])('says of records %s', (_, trust, line) => {
  expect(recordsLine({ repository, ...trust })).toBe(line);
});

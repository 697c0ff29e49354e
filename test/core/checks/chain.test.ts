import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { certificatePath } from '../../../packages/core/src/checks/exchange/chain.ts';
import { Authority, selfSigned } from '../../support/certificates.ts';

it('the chain of a stranger who signs in circles is looked at once', () => {
  const [x, y] = [new Authority('X'), new Authority('Y')];
  const circles = Array.from({ length: 9 }, () => [
    new Authority('X', { as: x, under: y }),
    new Authority('Y', { as: y, under: x }),
  ]).flat();
  const leaf = new X509Certificate(x.leaf({ names: ['shop.example'] }).cert);
  const { end, certificates } = certificatePath([
    leaf,
    ...circles.map(({ cert }) => new X509Certificate(cert)),
  ]);
  expect([end, certificates.length]).toEqual(['unknown-issuer', 19]);
});

it('a certificate that vouches for itself is self-signed, even where its key may sign no certificates', () => {
  const own = new X509Certificate(selfSigned({ names: ['shop.example'] }).cert);
  expect(own.checkIssued(own)).toBe(false);
  expect(certificatePath([own]).end).toBe('self-signed');
});

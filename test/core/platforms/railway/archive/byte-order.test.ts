import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareBytes } from '../../../../../packages/core/src/platforms/railway/archive/byte-order.ts';

it('orders texts as their bytes in UTF-8 are ordered', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 6 });
  const near = fc.constantFrom('a', 'a/b', 'a-b', '\u{e000}', '\u{ffff}', '\u{10000}', '\u{10ffff}', 'é');
  const some = fc.oneof(
    text,
    fc.array(near, { maxLength: 3 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(some, some, (one, other) => {
      const bytes = Buffer.compare(Buffer.from(one), Buffer.from(other));
      expect(Math.sign(compareBytes(one, other))).toBe(bytes);
    }),
  );
});

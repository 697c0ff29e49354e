import { describe, expect, it } from 'vitest';
import { tarHeader } from '../../../../../packages/core/src/platforms/railway/archive/tar-header.ts';

const entry = {
  name: './a',
  kind: 'file',
  bytes: 10,
  isExecutable: false,
  changedAt: 1_700_000_000,
} as const;

/** The fields of the last block of a header. */
function fields(header: Buffer) {
  const block = header.subarray(-512);
  const text = (at: number, length: number) =>
    block.toString('latin1', at, at + length).replaceAll('\0', '·');
  return {
    name: text(0, 100),
    mode: text(100, 8),
    owner: text(108, 16),
    size: text(124, 12),
    time: text(136, 12),
    type: text(156, 1),
    magic: text(257, 8),
  };
}

describe('a tar header', () => {
  it('has the fields of GNU’s form, of nobody in particular', () => {
    expect(fields(tarHeader(entry))).toEqual({
      name: './a'.padEnd(100, '·'),
      mode: '0000644·',
      owner: '0000000·0000000·',
      size: '00000000012·',
      time: '14524770400·',
      type: '0',
      magic: 'ustar  ·',
    });
  });

  it('has the sum of its bytes, its own field counted as spaces', () => {
    const block = tarHeader(entry);
    const sum = [...block].reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
    expect(block.toString('latin1', 148, 156)).toBe(`${sum.toString(8).padStart(6, '0')}\0 `);
  });

  it('may be entered or executed where it is a folder or a program', () => {
    expect([
      fields(tarHeader({ ...entry, isExecutable: true })).mode,
      fields(tarHeader({ ...entry, name: './a/', kind: 'folder' })).mode,
    ]).toEqual(['0000755·', '0000755·']);
  });

  it('holds a name of 100 bytes, and has a longer one before it', () => {
    const fits = `./${'é'.repeat(49)}`;
    expect(tarHeader({ ...entry, name: fits })).toHaveLength(512);
    const name = `${fits}x`;
    const long = tarHeader({ ...entry, name });
    expect(long).toHaveLength(3 * 512);
    expect(fields(long.subarray(0, 512))).toMatchObject({
      name: '././@LongLink'.padEnd(100, '·'),
      size: '00000000146·',
      type: 'L',
    });
    expect(long.toString('utf8', 512, 512 + 102)).toBe(`${name}\0`);
  });

  it.each([
    ['in octal, up to 8 GiB', 8 ** 11 - 1, '373737373737373737373700'],
    ['in base 256 from there on', 8 ** 11, '800000000000000200000000'],
    ['far beyond', 2 ** 45 + 7, '800000000000200000000007'],
  ])('tells a size %s', (_, bytes, hex) => {
    expect(tarHeader({ ...entry, bytes }).toString('hex', 124, 136)).toBe(hex);
  });

  it.each([
    ['before 1970', -5, '00000000000·'],
    ['after 2242', 8 ** 11, '77777777777·'],
  ])('tells no time %s', (_, changedAt, time) => {
    expect(fields(tarHeader({ ...entry, changedAt })).time).toBe(time);
  });
});

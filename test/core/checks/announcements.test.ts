import { describe, expect, it } from 'vitest';
import { Announcements } from '../../../packages/core/src/checks/cage/announcements.ts';

const bytes = (...ids: number[]) => Buffer.concat(ids.map((id) => Buffer.of(id, 0, 0, 0)));

describe('whose answer is being judged', () => {
  it.each<[string, (heard: Announcements) => void, number | undefined]>([
    ['is nobody’s at first', () => {}, undefined],
    ['is what was announced last', (heard) => heard.add(bytes(1, 2)), 2],
    ['is told in any pieces', (heard) => [...bytes(1, 0, 3)].map((one) => heard.add(Buffer.of(one))), 3],
    ['is nobody’s once that is announced', (heard) => heard.add(bytes(1, 0)), undefined],
    [
      'is nobody’s once that call is answered',
      (heard) => {
        heard.add(bytes(1));
        heard.answered(1);
      },
      undefined,
    ],
    [
      'is still that of a call when another is answered',
      (heard) => {
        heard.add(bytes(1));
        heard.answered(2);
      },
      1,
    ],
  ])('%s', (_, hear, holder) => {
    const heard = new Announcements();
    hear(heard);
    expect(heard.holder).toBe(holder);
  });
});

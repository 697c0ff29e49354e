import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireLogLine } from '../../../../../packages/core/src/platforms/railway/api/wire.ts';
import { LogLines } from '../../../../../packages/core/src/platforms/railway/watch/log-lines.ts';

const line = (timestamp: string, message: string): WireLogLine => {
  return { timestamp, message, severity: undefined, attributes: undefined };
};
const [a, b] = [line('10:00:00.000000001Z', 'a'), line('10:00:00.000000001Z', 'b')];
const early = line('09:59:59.000000001Z', 'late to come');

describe('the lines of a log', () => {
  it('are each taken once, of one moment and out of order too', () => {
    expect(new LogLines().take(1, [a, b, early])).toEqual([a, b, early]);
  });

  it('are taken as often as they were said', () => {
    const logs = new LogLines();
    expect([logs.take(1, [a, a]), logs.take(1, [a])]).toEqual([[a, a], [a]]);
  });

  it('are not taken again where a stream begins anew, whatever of it had been told', () => {
    const logs = new LogLines();
    logs.take(1, [a, a, b]);
    expect([logs.take(2, [a, a]), logs.take(2, [b, a, early])]).toEqual([[], [a, early]]);
  });

  it('are remembered up to a bound, the newest of them', () => {
    const logs = new LogLines(2);
    const many = ['1', '2', '3'].map((at) => line(at, 'x'));
    logs.take(1, many);
    expect(logs.take(2, many.slice(1))).toEqual([]);
  });

  it('come out as they were said, however often a stream breaks off and begins again', () => {
    const said = fc.array(
      fc.tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('x', 'y')).map(([at, text]) => line(at, text)),
      { maxLength: 12 },
    );
    const cuts = fc.array(fc.nat(12), { maxLength: 4 });
    fc.assert(
      fc.property(said, cuts, (lines, breaks) => {
        const logs = new LogLines();
        const readings = [...breaks.map((cut) => lines.slice(0, cut)), lines];
        const taken = readings.flatMap((reading, at) => logs.take(at, reading));
        const sorted = (all: readonly WireLogLine[]) =>
          all.map(({ timestamp, message }) => `${timestamp} ${message}`).sort();
        expect(sorted(taken)).toEqual(sorted(lines));
      }),
    );
  });
});

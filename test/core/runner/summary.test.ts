import { describe, expect, it } from 'vitest';
import { fitSummary, summaryLimit } from '../../../packages/core/src/runner/summary.ts';

const note = '\n\n> The summary was cut here: the runner shows at most 1 MiB.\n';
const bytes = (text: string) => Buffer.byteLength(text);

describe('fitSummary', () => {
  it('keeps a text that fits', () => {
    expect(fitSummary('# Done\n', 0)).toBe('# Done\n');
  });

  it('cuts a table after a whole row, and says so', () => {
    const fitted = fitSummary('| häuser | 12 |\n'.repeat(200_000), 0);
    const rows = fitted.slice(0, -note.length).split('\n');
    expect(fitted.endsWith(note)).toBe(true);
    expect(rows.filter((row) => row !== '| häuser | 12 |')).toEqual([]);
    expect(bytes(fitted)).toBeLessThanOrEqual(summaryLimit);
    expect(bytes(fitted)).toBeGreaterThan(summaryLimit - 400);
  });

  it('closes an open fence and fold before the note', () => {
    const fitted = fitSummary(`<details>\n\n\`\`\`text\n${'line\n'.repeat(400_000)}`, 0);
    expect(fitted.endsWith(`line\n\`\`\`\n\n</details>${note}`)).toBe(true);
  });

  it('counts what was written before', () => {
    const first = fitSummary('x\n'.repeat(520_000), 0);
    const second = fitSummary('y\n'.repeat(520_000), bytes(first));
    const third = fitSummary('z\n', bytes(first) + bytes(second));
    expect(second.endsWith(note)).toBe(true);
    expect(bytes(first) + bytes(second) + bytes(third)).toBeLessThanOrEqual(summaryLimit);
  });

  it('stays below the limit however often it is asked', () => {
    let written = 0;
    for (let round = 0; round < 50; round++) written += bytes(fitSummary('row\n'.repeat(30_000), written));
    expect(written).toBeLessThanOrEqual(summaryLimit);
  });
});

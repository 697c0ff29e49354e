import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import { writeChecksReport } from '../../../packages/core/src/report/checks-files.ts';
import { checksJson } from '../../../packages/core/src/report/checks-json.ts';
import { checksTerminal } from '../../../packages/core/src/report/checks-terminal.ts';
import { answerLines } from '../../../packages/core/src/report/checks-text.ts';
import { failingCheck, failingCheckMarkdown } from '../../../packages/core/src/report/failing-check.ts';
import { plain } from '../../../packages/core/src/report/paint.ts';
import { bad, good, report } from '../../support/checks-report.ts';

const answer = {
  address: 'https://shop.example/health (203.0.113.7)',
  headers: [
    ['content-type', 'text/plain'],
    ['set-cookie', 'a=[not shown]; Path=/'],
  ] as const,
  body: 'no\nt0ken-4711',
};
const curl = "curl --silent --url 'https://shop.example/health?a=b'";
const failed = { ...bad, name: 'Käse / a..b', answer, curl };
const whole: ChecksReport = {
  ...report,
  results: [good, failed, { ...failed, name: 'other' }],
  answers: [{ check: failed.name, text: 'HTTP/1.1 500\n\nno\nt0ken-4711' }],
};

async function written() {
  const temp = await mkdtemp(join(tmpdir(), 'belay-report-answers-'));
  const redact = (text: string) => text.replaceAll('t0ken-4711', '***');
  const runner = {
    context: { temp },
    env: { RUNNER_TEMP: temp },
    redact,
    warning: (text: string) => {
      throw new Error(text);
    },
  };
  const folder = await writeChecksReport(whole, runner as never, {});
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  return { folder, read };
}

describe('the answer to a check that failed', () => {
  it('stands open in a summary as far as it is short, and folded with its headers', () => {
    const long = { ...failed, answer: { ...answer, body: 'x'.repeat(1000) } };
    const failing = failingCheck({ ...whole, outcome: 'fail', results: [long] });
    const text = failing === undefined ? '' : failingCheckMarkdown(failing);
    expect(text).toContain(`The answer began:\n\n> \`${'x'.repeat(300)}…\`\n`);
    expect(text).toContain('<summary>The answer with its headers</summary>');
    for (const part of [answer.address, 'text/plain', 'x'.repeat(1000)]) expect(text).toContain(part);
  });

  it('has a file of its own beside the report, masked, whose name every report has', async () => {
    const { folder, read } = await written();
    expect(await readdir(join(folder, 'answers'))).toEqual(['1-k-se-a-b.txt']);
    expect(await read('answers/1-k-se-a-b.txt')).toBe('HTTP/1.1 500\n\nno\n***');
    const { checks } = JSON.parse(await read('result.json'));
    expect(checks.map((one: { answer?: { file?: string } }) => one.answer?.file)).toEqual([
      undefined,
      'answers/1-k-se-a-b.txt',
      undefined,
    ]);
  });

  it.each(['index.html', 'junit.xml', 'result.tap', 'summary.md', 'result.json'])(
    'stands in %s: its address, headers and body, and the request as a command',
    async (name) => {
      const text = (await (await written()).read(name)).replaceAll('&#39;', "'").replaceAll('&quot;', '"');
      for (const part of [
        answer.address,
        'text/plain',
        'a=[not shown]; Path=/',
        '***',
        curl.replaceAll('&', '&'),
      ])
        expect(text).toContain(part);
      expect(text).not.toContain('t0ken');
    },
  );

  it('is shown on a terminal, where the command is what one asks for', () => {
    const lines = checksTerminal(whole, plain);
    expect(lines).toContain(
      '    │ Answer of https://shop.example/health (203.0.113.7)\n    │ content-type: text/plain\n',
    );
    expect(lines).toContain('    │\n    │ no\n    │ t0ken-4711\n');
    expect(lines).not.toContain('curl --silent');
    expect(checksTerminal(whole, plain, { curl: true })).toContain(`\n${curl}\n`);
  });

  it('is that of the first few checks where there are many', () => {
    const results = Array.from({ length: 30 }, (_, index) => ({ ...failed, name: `c${index}` }));
    const lines = checksTerminal({ ...whole, results }, plain);
    expect(lines.split('Answer of').length - 1).toBe(5);
    expect(lines).toContain('25 more answers are in the report that --json prints.');
    const { checks } = JSON.parse(checksJson({ ...whole, results }, 200));
    expect(checks.filter((one: { answer?: object }) => one.answer !== undefined)).toHaveLength(20);
    expect(
      JSON.parse(checksJson({ ...whole, results })).checks.every(
        (one: { curl?: string }) => one.curl === curl,
      ),
    ).toBe(true);
  });

  it('moves nothing on a terminal, whatever it holds', () => {
    const hostile = { ...failed, answer: { body: 'a\u001b[2Jb\u202ec' }, curl: 'curl \u001b[2J' };
    const lines = checksTerminal({ ...whole, results: [hostile] }, plain, { curl: true });
    expect([...lines].filter((one) => one === '\u001b' || one === '\u202e')).toEqual([]);
  });

  it('says what it lacks by leaving it out', () => {
    expect(answerLines({ answer: { body: 'x' } })).toEqual(['x']);
    expect(answerLines({})).toEqual([]);
  });
});

import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { runFactsOf } from '../../../packages/core/src/deployment/run-facts.ts';
import { checksHtml } from '../../../packages/core/src/report/checks-html.ts';
import { bad, good, hostile, report } from '../../support/checks-report.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

interface Page {
  /** Elements by name, each with its attributes. */
  readonly elements: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
  readonly text: string;
  /** Names of elements that were not closed in order. */
  readonly torn: readonly string[];
}

const empty = ['meta'];

function parsed(html: string): Page {
  const elements: { name: string; attributes: Record<string, string> }[] = [];
  const torn: string[] = [];
  let text = '';
  const parser = new Parser({
    onopentag: (name, attributes) => void elements.push({ name, attributes }),
    ontext: (part) => {
      text += part;
    },
    onclosetag: (name, implied) => void (implied && !empty.includes(name) && torn.push(name)),
  });
  parser.end(html);
  return { elements, text, torn };
}

const named = (page: Page, name: string) => page.elements.filter((one) => one.name === name);

describe('the page', () => {
  it('says the verdict, the counts, the build, and the evidence of what failed', () => {
    const { text, torn } = parsed(checksHtml(report));
    for (const part of [
      'Fail',
      '1 of 2 gate checks passed, 1 failed.',
      'abcdef1',
      'jsonpath $.status',
      'equals "up"',
      '"down"',
      'smoke.yml:9:31',
    ])
      expect(text).toContain(part);
    expect(torn).toEqual([]);
  });

  it('says in its head what was asked, of which environment and commit, and in which run', () => {
    const commit = 'c0ffee0'.padEnd(40, '0');
    const run = runFactsOf(recordingRunner().context, 'production');
    const page = parsed(
      checksHtml(report, {
        title: 'Checks of v2, the new release: fail',
        target: 'fly:shop',
        commit,
        run,
      }),
    );
    for (const part of [
      'Checks of v2, the new release: fail · fly:shop',
      'Targetfly:shop',
      'Commitc0ffee000000',
      'Environmentproduction',
      'Rundeploy · run 77',
      'Started byocto, by push',
    ])
      expect(page.text).toContain(part);
    expect(named(page, 'a').map(({ attributes }) => attributes.href)).toEqual([
      `https://github.com/acme/shop/commit/${commit}`,
      'https://github.com/acme/shop/actions/runs/77',
    ]);
  });

  it('shows how the answer to a failed check began, as text', () => {
    const answer = { body: '<script>alert(1)</script>', requestId: { header: 'cf-ray', value: '<b>' } };
    const page = parsed(checksHtml({ ...report, results: [{ ...bad, answer }] }));
    expect(page.text).toContain('The answer began:<script>alert(1)</script>Request id (cf-ray): <b>');
    expect(named(page, 'script')).toEqual([]);
  });

  it('opens what did not pass, before what did', () => {
    const checks = named(parsed(checksHtml(report)), 'details').map(({ attributes }) => attributes);
    expect(checks).toEqual([{ class: 'check fail', open: '' }, { class: 'check pass' }]);
  });

  it('draws the phases of an attempt one after the other, with their lengths in words', () => {
    const page = parsed(checksHtml({ ...report, results: [good] }));
    expect(named(page, 'svg').map(({ attributes }) => attributes['aria-label'])).toEqual([
      'name lookup 2 ms, connection 3 ms, TLS 7 ms, waiting for the answer 28 ms, download 1 ms',
    ]);
    expect(named(page, 'rect').map(({ attributes: { x, width } }) => [x, width])).toEqual([
      ['0', '48.8'],
      ['48.8', '73.2'],
      ['122', '170.7'],
      ['292.7', '682.9'],
      ['975.6', '24.4'],
    ]);
  });

  it('draws the times of several attempts', () => {
    const page = parsed(checksHtml({ ...report, results: [{ ...bad, totals: [80, 40, 80] }] }));
    expect(named(page, 'svg')[0]?.attributes['aria-label']).toBe(
      '3 times, from 40 ms to 80 ms, the last 80 ms',
    );
  });

  it('loads nothing and runs nothing, whatever the checks are called and whatever was answered', () => {
    const failures = [{ read: hostile, expected: hostile, actual: '<img src=x onerror=alert(1)>' }];
    const attempts = [
      { number: 1, outcome: 'fail' as const, summary: hostile, failures, phases: { total: 1 } },
    ];
    const evil = { ...bad, name: `</b><script>alert(1)</script>${hostile}`, url: '"><script>', attempts };
    const page = parsed(checksHtml({ ...report, results: [evil], release: '<script>' }));
    const loading = page.elements.filter(
      ({ name, attributes }) =>
        ['script', 'img', 'link', 'iframe', 'object'].includes(name) ||
        Object.keys(attributes).some((key) => key.startsWith('on') || ['src', 'href'].includes(key)),
    );
    expect([loading, page.torn]).toEqual([[], []]);
    expect(page.text).toContain('</b><script>alert(1)</script>');
  });

  it('keeps a name that turns the direction of text from turning what stands beside it', () => {
    const html = checksHtml({ ...report, results: [{ ...good, name: 'a\u202egnp' }] });
    expect(html).toMatch(/\.name b,code\{unicode-bidi:isolate\}[\s\S]*<span class="name"><b>a\u202egnp<\/b>/);
  });

  it('holds a thousand checks in two megabytes', () => {
    const results = Array.from({ length: 1000 }, (_, index) => ({ ...good, name: `check ${index}` }));
    const html = checksHtml({ ...report, results });
    expect(html.match(/<details/g)).toHaveLength(1000);
    expect(html.length).toBeLessThan(2_000_000);
  });
});

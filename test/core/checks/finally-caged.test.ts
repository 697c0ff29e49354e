// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { ChecksProcess } from '../../../packages/core/src/checks/cage/caged-checks.ts';
import type { RunChecksOptions } from '../../../packages/core/src/checks/run/options.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { closeServers, serve } from './loopback.ts';

afterEach(closeServers);

const base: Omit<RunChecksOptions, 'signal'> = {
  variables: {},
  secrets: {},
  clock: systemClock,
  budgetMs: 30_000,
  mode: 'full',
  env: {},
  random: () => 0.5,
};

async function caged(text: string, signal: AbortSignal) {
  const door = new ChecksProcess({});
  try {
    return await (await door.open(text, { root: '.' })).run({ ...base, signal });
  } finally {
    door.close();
  }
}

const numbers = JSON.stringify(Array(1_000_000).fill(1));
const hard = Array.from({ length: 400 }, (_, index) => `$[?@ == ${index + 2}]`);

/** `/hangs` never answers; `/numbers` is more to judge than may be judged. */
async function service() {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url === '/hangs') return;
    response.end(request.url === '/numbers' ? numbers : '{"id":7}');
  });
  return { url, asked };
}

const scenario = (url: string, second: string, method = 'PUT') => `target: ${url}
scenarios:
  - name: s
    steps:
      - { name: make, http: { method: ${method}, url: /make }, expect: { status: 200 }, capture: { id: { jsonpath: $.id } } }
      - ${second}
    finally:
      - { name: remove, http: { method: DELETE, url: "/items/\${id}" }, expect: { status: 200 } }
`;

describe('`finally`, where the checks have a process of their own', () => {
  it.each(['PUT', 'POST'])(
    'runs when the run is cancelled, before the process ends: after a %s',
    async (method) => {
      const { url, asked } = await service();
      const abort = new AbortController();
      const timer = setInterval(
        () => asked.includes('GET /hangs') && abort.abort(new Error('cancelled')),
        20,
      );
      const wait = '{ name: wait, http: /hangs, timeout: 20s, expect: { status: 200 } }';
      await expect(caged(scenario(url, wait, method), abort.signal)).rejects.toThrow('cancelled');
      clearInterval(timer);
      expect(asked).toEqual([`${method} /make`, 'GET /hangs', 'DELETE /items/7']);
    },
  );

  it('is heard to be cancelled at once where nothing has to be cleaned up', async () => {
    const { url, asked } = await service();
    const abort = new AbortController();
    const timer = setInterval(() => asked.includes('GET /hangs') && abort.abort(new Error('cancelled')), 20);
    const text = `checks:\n  - { name: a, http: "${url}/hangs", timeout: 20s, expect: { status: 200 } }\n`;
    await expect(caged(text, abort.signal)).rejects.toThrow('cancelled');
    clearInterval(timer);
  });

  it('runs after an answer that ended the process, which is not asked for again', async () => {
    const { url, asked } = await service();
    const expected = `{ all: [${hard.map((query) => `{ jsonpath: "${query}", exists: true }`).join(', ')}] }`;
    const text = scenario(url, `{ name: judge, http: /numbers, timeout: 20s, expect: ${expected} }`);
    const report = await caged(text, new AbortController().signal);
    expect(report.results.map(({ name, outcome, reason }) => [name, outcome, reason])).toEqual([
      ['s / make', 'pass', 'verified'],
      ['s / judge', 'fail', 'resource-limit'],
      ['s / remove', 'pass', 'verified'],
    ]);
    expect(asked.filter((one) => one === 'GET /numbers')).toHaveLength(1);
    expect(asked.at(-1)).toBe('DELETE /items/7');
  }, 60_000);
});

import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

const held = 'window: { successes: 3, interval: 1ms }';
const one = 'name: order, http: POST /order, expect: { status: 200 }';
const home = '  - { name: home, http: GET /, expect: { status: 200 } }\n';
const scenario = (method: string, more = '') =>
  `scenarios:\n  - name: shop\n${more}    steps:\n      - { name: order, http: ${method} /order, expect: { status: 200 } }\n`;

async function asking(text: string) {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end();
  });
  const ended = await check(`target: ${url}\n${text}`).then(
    ({ outcome }) => outcome,
    (error: { details: string[] }) => error.details,
  );
  return [ended, asked.toSorted()];
}

const nothing =
  'Nothing can be held for a `window`: every gate sends what may count twice. Set `retry: { unsafe: true }` where repeating it is harmless, or leave the `window` out.';
const once = (name: string) =>
  `"${name}" is asked once, whatever its \`window\` says: what it sends may count twice. Set \`retry: { unsafe: true }\` where repeating it is harmless, or leave the \`window\` out.`;

describe('a window over what is asked once', () => {
  it.each<[string, string, string]>([
    [
      'of the file, where no gate is repeated',
      `${held}\nchecks:\n  - { ${one} }\n`,
      `checks:4:5: ${nothing}`,
    ],
    ['of the file, over a scenario that posts', `${held}\n${scenario('POST')}`, `checks:6:9: ${nothing}`],
    ['of the check itself', `checks:\n${home}  - { ${one}, ${held} }\n`, `checks:4:64: ${once('order')}`],
    [
      'of the scenario itself',
      `checks:\n${home}${scenario('POST', `    ${held}\n`)}`,
      `checks:6:5: ${once('shop')}`,
    ],
    [
      'of an advisory check',
      `checks:\n${home}  - { ${one}, severity: advisory, ${held} }\n`,
      `checks:4:84: ${once('order')}`,
    ],
  ])('%s is refused before anything is sent', async (_, text, message) => {
    expect(await asking(text)).toEqual([[message], []]);
  });

  it.each<[string, string, number]>([
    ['beside one that is repeated', `${held}\nchecks:\n${home}  - { ${one} }\n`, 4],
    ['that may be repeated', `${held}\nchecks:\n  - { ${one}, retry: { unsafe: true } }\n`, 3],
    ['of one round', `checks:\n  - { ${one}, window: { successes: 1 } }\n`, 1],
    ['that reads only', `${held}\n${scenario('GET')}`, 3],
  ])('is left alone %s', async (_, text, asked) => {
    const [outcome, sent] = await asking(text);
    expect([outcome, sent?.length]).toEqual(['pass', asked]);
  });
});

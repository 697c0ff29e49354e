// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import type { RunChecksOptions } from '../../../packages/core/src/checks/run/options.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

async function details(run: Promise<unknown>): Promise<readonly string[]> {
  const failure = await run.then(
    () => undefined,
    (error: ActionFailure) => error,
  );
  expect(failure?.code).toBe('checks-invalid');
  return failure?.details ?? [];
}

const step = '{ name: a, http: /, expect: { status: 200 } }';
const scenario = (more: string, steps = `[${step}]`) => `scenarios:\n- { name: s, ${more}steps: ${steps} }`;

describe('the language of scenarios refuses', () => {
  it.each<[string, string, readonly string[]]>([
    ['a scenario without steps', 'scenarios: [{ name: s }]', ['checks:1:13: A scenario needs `steps`.']],
    [
      'an empty list of steps',
      scenario('', '[]'),
      ['checks:2:21: There is no step: nothing would be proved.'],
    ],
    ['no scenario at all', 'scenarios: []', ['checks:1:12: There is no check: nothing would be proved.']],
    [
      'a step that says what only its scenario may',
      scenario('', '[{ name: a, tags: [x], http: /, expect: { status: 200 } }]'),
      [
        'checks:2:33: Unknown key `tags` in a step. A scenario is selected, held and watched as a whole: `tags` stands beside its `steps`.',
      ],
    ],
    [
      'a capture outside a scenario',
      'checks: [{ name: a, http: /, expect: { status: 200 }, capture: {} }]',
      [
        'checks:1:55: Unknown key `capture` in a check. Only a step of `scenarios` keeps a value: `capture: { id: { jsonpath: $.id } }`.',
      ],
    ],
    [
      'a capture of two things',
      scenario(
        '',
        `[{ name: a, http: /, expect: { status: 200 }, capture: { t: { status: true, body: true } } }]`,
      ),
      ['checks:2:97: One source is read here, and `body` is a second.'],
    ],
    [
      'a capture that does not say what to read',
      scenario(
        '',
        `[{ name: a, http: /, expect: { status: 200 }, capture: { t: { header: true }, u: { body: x } } }]`,
      ),
      [
        'checks:2:91: `header` must name what it reads here, as text, not true.',
        'checks:2:110: `body` must be true here, and what is done with it stands beside it. This is "x".',
      ],
    ],
    [
      'a captured JSONPath that is none',
      scenario('', `[{ name: a, http: /, expect: { status: 200 }, capture: { t: { jsonpath: "$.a[" } } }]`),
      ['checks:2:78: "$.a[" is not a JSONPath: unclosed bracketed selection (\'$.a[\':4).'],
    ],
    [
      'a retry of the scenario that would never begin',
      scenario('retry: scenario, '),
      ['checks:2:21: `retry` of the scenario needs `until` or `attempts`: without them nothing is repeated.'],
    ],
    [
      'a retry of the scenario outside one',
      'checks: [{ name: a, http: /, retry: { of: scenario }, expect: { status: 200 } }]',
      ['checks:1:39: Unknown key `of` in `retry`. Did you mean `on`?'],
    ],
    [
      'a gate that hangs on an advisory step',
      scenario(
        '',
        `[{ name: a, severity: advisory, http: /, expect: { status: 200 }, capture: { t: { jsonpath: $.t } } }, { name: b, http: "/\${t}", expect: { status: 200 } }]`,
      ),
      ['checks:2:124: Only an advisory step captures `t`, and this gate needs it. Make that step a gate.'],
    ],
    [
      'two steps of one name, and a scenario named like a check',
      `checks: [{ name: s, http: /, expect: { status: 200 } }]\n${scenario('', `[${step}, ${step}]`)}`,
      ['The name "s / a" is taken by an earlier check.', 'The name "s" is taken by an earlier check.'].map(
        (message, index) => `checks:3:${index === 0 ? 69 : 3}: ${message}`,
      ),
    ],
  ])('%s', async (_, input, messages) => {
    expect(await details(loadChecks(input, { root: '.' }))).toEqual(messages);
  });

  it.each<[string, string, readonly string[]]>([
    [
      'a name that is captured later only',
      scenario(
        '',
        `[{ name: a, http: "/\${t}", expect: { status: 200 } }, { name: b, http: /, expect: { status: 200 }, capture: { t: { jsonpath: $.t } } }]`,
      ),
      [
        'checks:2:39: `t` has no value. Pass it in `check-variables`, define it under `variables`, or list it under `secrets`.',
      ],
    ],
    [
      'an assertion on what nobody captures',
      scenario('', `[{ name: a, http: /, expect: { status: 200, capture: { t: x } } }]`),
      [
        'checks:2:79: `t` has no value. Pass it in `check-variables`, define it under `variables`, or list it under `secrets`.',
      ],
    ],
    [
      'a bare `if` of an unknown name',
      scenario('if: mood, '),
      [
        'checks:2:18: `mood` has no value. Pass it in `check-variables`, define it under `variables`, or list it under `secrets`.',
      ],
    ],
    [
      'a captured secret that would go over plain http, whatever it is',
      scenario(
        '',
        `[{ name: a, http: "http://shop.example/", expect: { status: 200 }, capture: { t: { jsonpath: $.t, redact: true } } }, { name: b, http: { url: "http://shop.example/", auth: { bearer: "\${t}" } }, expect: { status: 200 } }]`,
      ),
      [
        'checks:2:139: Check "s / b": A secret would go over plain http to shop.example. Use https, or set `allow-insecure: true`.',
      ],
    ],
  ])('%s, before anything is sent', async (_, input, messages) => {
    expect(await details(check(input, { variables: { url: 'http://127.0.0.1:9/' } }))).toEqual(messages);
  });
});

describe('an `if`', () => {
  const conditional = (condition: string) =>
    `variables: { place: ams, empty: "", quoted: "a == b" }\nchecks:\n  - { name: always, http: /, expect: { status: 200 } }\n  - { name: maybe, http: /, if: ${condition}, expect: { status: 200 } }`;

  it.each<[string, string, string | undefined]>([
    ['holds for a name that is not empty', 'place', undefined],
    ['holds for the same as a template', '"${place}"', undefined],
    ['does not hold for an empty one', 'empty', '`empty` is empty'],
    ['holds for equal sides', '"${place} == ams"', undefined],
    ['compares quoted words', `"\${quoted} == 'a == b'"`, undefined],
    ['does not hold for unequal sides', '"${place} == fra"', '`${place} == fra` does not hold of "ams"'],
    ['turns round with !=', '"${place} != ams"', '`${place} != ams` does not hold of "ams"'],
    ['compares with the empty word', `'"" != "\${place}"'`, undefined],
    ['holds for one of a list', '"${place} in [fra, ams]"', undefined],
    [
      'does not hold for none of a list',
      '"${place} in [fra, lhr]"',
      '`${place} in [fra, lhr]` does not hold of "ams"',
    ],
  ])('%s', async (_, condition, cause) => {
    const url = await serve((_request, response) => response.end());
    const report = await check(conditional(condition), { variables: { url } });
    const { outcome, reason, cause: why } = report.results[1] ?? {};
    expect([report.outcome, outcome, reason, why]).toEqual(
      cause === undefined
        ? ['pass', 'pass', 'verified', undefined]
        : ['pass', 'skipped', 'condition-false', cause],
    );
  });

  const legal =
    '`if` must be a name, or one comparison such as "${environment} == production", with == , != or in [a, b].';
  it.each<[string, string, string]>([
    ['two comparisons', '"${a} == b && ${c} == d"', `${legal} Not "\${a} == b && \${c} == d".`],
    ['another operator', '"${a} > 3"', `${legal} Not "\${a} > 3".`],
    ['a flag', 'true', `${legal} Not true.`],
    ['an empty list', '"${a} in []"', `${legal} Not "\${a} in []".`],
    ['constants', '"environment == production"', 'This compares two constants. Write a variable as ${name}.'],
  ])('refuses %s', async (_, condition, message) => {
    const [first] = await details(loadChecks(conditional(condition), { root: '.' }));
    expect(first).toBe(`checks:4:33: ${message}`);
  });

  it('that leaves no gate is an error, not a pass', async () => {
    const text = 'checks: [{ name: a, http: /, if: "${place} == moon", expect: { status: 200 } }]';
    expect(await details(check(text, { variables: { place: 'earth', url: 'http://127.0.0.1:9' } }))).toEqual([
      'checks:1:10: Every gate is left out by its `if`: nothing would be proved.',
    ]);
  });

  it('keeps a check from being looked at whose address needs what is not there', async () => {
    const url = await serve((_, response) => response.end());
    const text =
      'checks: [{ name: a, http: /, expect: { status: 200 } }, { name: b, if: admin, http: "${admin}", expect: { status: 200 } }]';
    expect((await check(text, { variables: { admin: '', url } })).outcome).toBe('pass');
  });
});

describe('a selection', () => {
  const text = `checks:
  - { name: home, tags: [fast, web], http: /, expect: { status: 200 } }
  - { name: slow, severity: advisory, http: /, expect: { status: 200 } }
scenarios:
  - { name: shop, tags: [web], steps: [{ name: in, http: /, expect: { status: 200 } }, { name: buy, http: /, expect: { status: 200 } }] }`;

  async function ran(options: Partial<RunChecksOptions>) {
    const url = await serve((_, response) => response.end());
    const report = await check(text, { variables: { url }, ...options });
    return report.results.map(({ name, severity }) => `${name} ${severity}`);
  }

  it.each<[string, Partial<RunChecksOptions>, readonly string[]]>([
    [
      'by tag takes checks and whole scenarios',
      { tags: new Set(['web']) },
      ['home gate', 'shop / in gate', 'shop / buy gate'],
    ],
    ['by several tags takes what has one of them', { tags: new Set(['fast']) }, ['home gate']],
    ['by name takes a check', { only: new Set(['home']) }, ['home gate']],
    [
      'by the name of a scenario takes its steps',
      { only: new Set(['shop']) },
      ['shop / in gate', 'shop / buy gate'],
    ],
    [
      'by the name of a step takes the scenario as far, those before it without a say',
      { only: new Set(['shop / buy']) },
      ['shop / in advisory', 'shop / buy gate'],
    ],
    ['by the name of a first step leaves the rest out', { only: new Set(['shop / in']) }, ['shop / in gate']],
  ])('%s', async (_, options, names) => {
    expect(await ran(options)).toEqual(names);
  });

  it('by tag always takes the release check', async () => {
    const url = await serve((_, response) => response.end('{"commit":"abcdef1234567"}'));
    const report = await check(`release: { jsonpath: $.commit }\n${text}`, {
      variables: { url, sha: 'abcdef1' },
      tags: new Set(['fast']),
    });
    expect(report.results.map(({ name }) => name)).toEqual(['release', 'home']);
  });

  it.each<[string, Partial<RunChecksOptions>, string]>([
    ['an unknown tag', { tags: new Set(['wep']) }, 'No check has the tag "wep". Did you mean "web"?'],
    ['an unknown name', { only: new Set(['home', 'moon-base']) }, 'No check is called "moon-base".'],
    [
      'nothing that could fail',
      { only: new Set(['slow']) },
      'Every selected check is advisory, so nothing could fail. Select a gate.',
    ],
  ])('of %s is an error', async (_, options, message) => {
    expect(await details(ran(options))).toEqual([message]);
  });
});

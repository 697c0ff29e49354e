// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterAll, describe, expect, it } from 'vitest';
import { ChecksProcess } from '../../../packages/core/src/checks/cage/caged-checks.ts';
import { validateChecks } from '../../../packages/core/src/checks/validate-checks.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';

const door = new ChecksProcess({});
afterAll(() => door.close());

const secrets = ['no value', 'an empty one'] as const;

/** How many checks are sound, or what is wrong with them. */
async function validated(checks: string, given: (typeof secrets)[number] | string) {
  const values: Record<string, string> =
    given === 'no value' ? {} : { S: given === 'an empty one' ? '' : given };
  const text = `secrets: [S]\nchecks:\n${checks}`;
  return validateChecks(door, text, { root: '.', variables: {}, secrets: values }).catch(
    (error: ActionFailure) => error.details,
  );
}

describe('checks are validated with a secret that nobody knows', () => {
  const uses: readonly (readonly [string, string])[] = [
    ['a part of a body', '- { name: a, http: "https://a.example", expect: { body: { contains: "${S}" } } }'],
    [
      'a token',
      '- { name: a, http: { url: "https://a.example", auth: { bearer: "${S}" } }, expect: { status: 200 } }',
    ],
    ['an address', '- { name: a, http: "${S}", expect: { status: 200 } }'],
    ['a database', '- { name: a, postgres: "${S}" }'],
    ['a cache', '- { name: a, redis: "${S}" }'],
    ['a host', '- { name: a, tcp: { host: "${S}", port: 25 } }'],
    ['a port', '- { name: a, tcp: { host: a.example, port: "${S}" } }'],
    ['a status', '- { name: a, http: "https://a.example", expect: { status: "${S}" } }'],
    ['a bound', '- { name: a, http: "https://a.example", expect: { duration: { lt: "${S}" } } }'],
  ];

  it.each(uses.flatMap(([use, text]) => secrets.map((given) => [use, given, text] as const)))(
    '%s, and it has %s',
    async (_, given, text) => {
      expect(await validated(text, given)).toBe(1);
    },
  );

  it('two of them in one file', async () => {
    expect(await validated(`${uses[2]?.[1]}\n${uses[3]?.[1].replace('name: a', 'name: b')}`, '')).toBe(2);
  });

  it('and what is wrong whatever it is, is told', async () => {
    const text = '- { name: a, http: "https://a.example/${nobody}", expect: { body: "${S}" } }';
    expect(await validated(text, 'no value')).toEqual([
      'checks:3:20: `nobody` has no value. Pass it in `check-variables`, define it under `variables`, or list it under `secrets`.',
    ]);
  });

  it('and what is wrong with one that is known', async () => {
    expect(await validated('- { name: a, postgres: "${S}" }', 'not an address')).toEqual([
      'checks:3:3: Check "a": `postgres` has no usable URL: special characters of its password must be percent-encoded.',
    ]);
  });
});

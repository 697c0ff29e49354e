import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HttpError } from '../../../../../packages/core/src/io/http.ts';
import type { ToolResult } from '../../../../../packages/core/src/io/process.ts';
import { FlyApi } from '../../../../../packages/core/src/platforms/fly/api/api.ts';
import {
  areOlder,
  SecretStaging,
  secretsFingerprint,
} from '../../../../../packages/core/src/platforms/fly/secrets/secrets.ts';
import { parseFlyToken } from '../../../../../packages/core/src/platforms/fly/token/token.ts';
import { manualClock } from '../../../../support/manual-clock.ts';
import { ended } from '../../../../support/scripted-fly.ts';

type Listed = readonly { readonly name: string; readonly digest?: string }[] | 'silent';

/** An app whose secrets are listed as `before`, and as `after` once flyctl has run and ended as `result`. */
function staging(
  lists: { before: Listed; after: Listed },
  result: Partial<ToolResult> & { dir?: string } = {},
) {
  let hasRun = false;
  const api = new FlyApi(
    {
      async request({ method, url }) {
        const listed = hasRun ? lists.after : lists.before;
        const answer = { method, url, status: 200, headers: {}, attempts: 1 };
        if (listed === 'silent') {
          throw new HttpError({
            ...answer,
            kind: 'timeout',
            reason: 'never answered',
            maybeEffective: false,
          });
        }
        return { ...answer, text: JSON.stringify({ secrets: listed }) };
      },
      download: () => Promise.reject(new Error('nothing is downloaded')),
      upload: () => Promise.reject(new Error('nothing is uploaded')),
    },
    parseFlyToken('fo1_token'),
  );
  const runs: { args: readonly string[]; stdin: string | undefined; echo: boolean | undefined }[] = [];
  const place = {
    api,
    clock: manualClock(),
    app: 'shop',
    dir: result.dir ?? '/nowhere',
    flyctl: {
      async run(args: readonly string[], { stdin, echo }: { stdin?: string; echo?: boolean }) {
        hasRun = true;
        runs.push({ args, stdin, echo });
        return { ...ended, ...result };
      },
    },
  };
  return { runs, secrets: new SecretStaging(place, { A: '1#', B: '2' }) };
}

const allowance = () => ({ signal: new AbortController().signal, budgetMs: 1000 });

describe('staging secrets', () => {
  it('gives flyctl their values by stdin, once, and prints nothing of it', async () => {
    const { secrets, runs } = staging({ before: [], after: [] });
    expect(await secrets.stage(allowance())).toBeUndefined();
    expect(runs).toEqual([
      {
        args: ['secrets', 'import', '--stage', '--app', 'shop'],
        stdin: 'A="""1#"""\nB="""2"""\n',
        echo: false,
      },
    ]);
  });

  const old = { name: 'A', digest: 'a1' };
  it.each([
    { what: 'a digest is another', before: [old], after: [{ name: 'A', digest: 'a2' }], changed: ['A'] },
    { what: 'no digest is another', before: [old], after: [old], changed: [] },
    { what: 'one is new', before: [old], after: [old, { name: 'B', digest: 'b1' }], changed: ['B'] },
    { what: 'Fly lists none before and after', before: [], after: [], changed: [] },
    { what: 'Fly lists no digests', before: [{ name: 'A' }], after: [{ name: 'A' }], changed: ['A'] },
    { what: 'Fly did not tell before', before: 'silent', after: [old], changed: ['A', 'B'] },
    { what: 'Fly does not tell after', before: [old], after: 'silent', changed: ['A', 'B'] },
  ] as const)('knows what it changed when $what', async ({ before, after, changed }) => {
    const { secrets } = staging({ before, after });
    await secrets.stage(allowance());
    expect(secrets.changed).toEqual(changed);
  });

  it.each([0, 1])(
    'leaves no log of flyctl behind, which would hold the values: exit code %i',
    async (exitCode) => {
      const dir = await mkdtemp(join(tmpdir(), 'belay-staging-'));
      await mkdir(join(dir, 'logs'));
      await writeFile(join(dir, 'logs/flyctl.log'), '{"values":{"A":"1#"}}');
      const { secrets } = staging({ before: [], after: [] }, { exitCode, dir });
      await secrets.stage(allowance());
      expect(await readdir(dir)).toEqual([]);
      await rm(dir, { recursive: true });
    },
  );

  it.each([
    {
      said: 'Error: update secrets: failed to update app secrets: unauthorized (Request ID: 1)',
      failure: { reason: 'token-rejected' },
    },
    {
      said: 'Error: update secrets: failed to update app secrets: too large',
      failure: {
        reason: 'secrets-not-staged',
        what: 'flyctl ended with exit code 1: update secrets: failed to update app secrets: too large',
        next: 'Look at https://status.flyio.net, then run the job again.',
      },
    },
  ])('fails with what flyctl said: $said', async ({ said, failure }) => {
    const { secrets } = staging({ before: [], after: [] }, { exitCode: 1, tail: [said] });
    expect(await secrets.stage(allowance())).toMatchObject(failure);
  });

  it('tries again when Fly has had too many calls, and not for ever', async () => {
    const said = 'Error: update secrets: failed to update app secrets: rate limit exceeded';
    const { secrets, runs } = staging({ before: [], after: [] }, { exitCode: 1, tail: [said] });
    expect(await secrets.stage({ ...allowance(), budgetMs: 60_000 })).toMatchObject({
      reason: 'rate-limited',
    });
    expect(runs).toHaveLength(3);
  });

  it('is told as cut when flyctl does not come back', async () => {
    const cut = { exitCode: null, endedBy: 'deadline', durationMs: 60_000 } as const;
    const { secrets } = staging({ before: [], after: [] }, cut);
    expect(await secrets.stage(allowance())).toEqual({
      reason: 'secrets-not-staged',
      what: 'flyctl had not staged the secrets after 60 s and was stopped',
      next: 'Look at https://status.flyio.net, then run the job again.',
    });
  });

  it('believes all of them changed when it was cut', async () => {
    const cancel = new AbortController();
    const { secrets } = staging({ before: [old], after: [old] }, { exitCode: null, endedBy: 'cancelled' });
    cancel.abort(new Error('cancelled'));
    await expect(secrets.stage({ signal: cancel.signal, budgetMs: 1000 })).rejects.toThrow('cancelled');
    expect(secrets.changed).toEqual(['A', 'B']);
    expect(secrets.isSure).toBe(false);
  });

  it.each([
    ['flyctl says so', [], 0, true],
    ['Fly lists what it has', [], 1, true],
    ['neither says so', 'silent', 1, false],
  ] as const)('is sure of what became of them when %s', async (_when, after, exitCode, isSure) => {
    const { secrets } = staging({ before: [], after }, { exitCode });
    await secrets.stage(allowance());
    expect(secrets.isSure).toBe(isSure);
  });
});

describe('the mark of secrets', () => {
  const mark = secretsFingerprint({ A: '1', B: '2' }, 'token');

  it('is the same in any order', () => {
    expect(secretsFingerprint({ B: '2', A: '1' }, 'token')).toBe(mark);
    expect(mark).toMatch(/^[0-9a-f]{24}$/);
  });

  it.each([
    ['another value', { A: '1', B: '3' }, 'token'],
    ['another name', { A: '1', C: '2' }, 'token'],
    ['one less', { A: '1' }, 'token'],
    ['a value that runs on', { A: '1","B', B: '2' }, 'token'],
    ['another token', { A: '1', B: '2' }, 'token2'],
  ])('is another for %s', (_what, values, token) => {
    expect(secretsFingerprint(values, token)).not.toBe(mark);
  });
});

describe('secrets older than a release', () => {
  const set = (name: string, at: string | undefined) => ({ name, digest: 'd', updated_at: at });
  it.each([
    ['before it', [set('A', '2026-01-01T00:00:00Z')], true],
    ['in its very second', [set('A', '2026-01-02T00:00:00Z')], true],
    ['after it', [set('A', '2026-01-02T00:00:01Z')], false],
    ['at a time Fly does not tell', [set('A', undefined)], false],
    ['never', [], false],
  ])('set %s: %#', (_when, secrets, older) => {
    expect(areOlder(secrets, ['A'], '2026-01-02T00:00:00Z')).toBe(older);
  });
});

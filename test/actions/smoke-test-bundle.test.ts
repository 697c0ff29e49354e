// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commits, images } from '#local-cloud';
import { eventually } from '../support/eventually.ts';
import { annotations, ended, logOf, shopStage } from '../support/shop-stage.ts';
import { someoneElseDeploys } from '../support/someone-else.ts';

const shop = shopStage();
const url = 'url=https://shop.fly.dev';

function smoke(inputs: Record<string, string>, options: Parameters<typeof shop.stage.run>[2] = {}) {
  return shop.stage.run('smoke-test', { 'check-variables': url, ...inputs }, { sha: commits.v1, ...options });
}

/** The report files, by name. */
function reportOf(folder: string | undefined, file: string): string {
  return readFileSync(join(folder ?? '', file), 'utf8');
}

const file = `version: 1
release: { path: /version.json, jsonpath: $.commit }
checks:
  - name: home
    http: GET /
    expect: { status: 200, body: { contains: Shop } }
  - name: items
    http: GET /api/items
    expect: { jsonpath: { "$.items[0].price": 39 } }
`;

describe('the smoke test', () => {
  it('passes when the build is this commit and every check holds, asking through the job’s proxy', async () => {
    writeFileSync(join(shop.stage.workspace, 'smoke.yml'), file);
    const result = await smoke({ checks: 'smoke.yml' });
    expect(ended(result)).toBe('pass/verified, serving unknown');
    const { passed, failed, inconclusive, attempts, release, report, result: json } = result.main.outputs;
    expect({ passed, failed, inconclusive, attempts, release }).toEqual({
      passed: '3',
      failed: '0',
      inconclusive: '0',
      attempts: '3',
      release: commits.v1,
    });
    expect(
      shop
        .entries('app')
        .map(({ host, path }) => `${host}${path.replace(/\?belay=.*/, '')}`)
        .sort(),
    ).toEqual([...['shop.fly.dev/', 'shop.fly.dev/api/items', 'shop.fly.dev/version.json']]);
    expect(reportOf(report, 'junit.xml')).toMatch(/<testsuites?\b.* tests="3" failures="0"/);
    expect(JSON.parse(reportOf(report, 'result.json'))).toEqual(JSON.parse(json ?? ''));
    expect(annotations(result)).toEqual([]);
  });

  it('fails at the line of the file whose assertion does not hold', async () => {
    writeFileSync(join(shop.stage.workspace, 'smoke.yml'), file);
    await shop.served();
    someoneElseDeploys(shop.stage.cloud, images.v2Error);
    await eventually(async () => (await shop.served()) === 'v2');
    const result = await smoke({ checks: 'smoke.yml' }, { sha: commits.v2 });
    expect(ended(result)).toBe('fail/checks-failed, serving unknown');
    const [home, ...more] = result.main.annotations;
    expect(home).toEqual({
      level: 'error',
      title: 'Check fail',
      message: 'home: status: expected equals 200, got 500',
      file: 'smoke.yml',
      line: 6,
      column: 23,
    });
    expect(more).toEqual([]);
    expect(logOf(result)).toMatch(/^checks-failed: 2 of 3 gate checks passed, 1 failed; home: /m);
    expect(reportOf(result.main.outputs.report, 'junit.xml')).toContain(
      'status: expected equals 200, got 500',
    );
    expect(result.job.summary).toMatch(/^## ❌ A check failed: `https:\/\/shop\.fly\.dev`$/m);
  });

  it('is inconclusive when this runner reaches neither the target nor GitHub', async () => {
    const result = await smoke({ checks: file }, { env: { HTTPS_PROXY: 'http://127.0.0.1:1' } });
    expect(ended(result)).toBe('inconclusive/runner-network, serving unknown');
    expect(annotations(result)).toHaveLength(1);
    expect(annotations(result)[0]).toMatch(
      /^error: runner-network: 0 of 3 gate checks passed, 3 inconclusive; .* Next: Check the runner’s network, then run the checks again\.$/,
    );
  });

  it('fails on a target of this machine that does not answer: no network can be to blame', async () => {
    const checks = '- { name: local, http: "http://127.0.0.1:1/", expect: { status: 200 } }';
    const result = await smoke({ checks }, { env: { HTTPS_PROXY: 'http://127.0.0.1:1' } });
    expect(ended(result)).toBe('fail/checks-failed, serving unknown');
  });

  it('is an error, with the place, when the checks cannot be used: nothing is asked', async () => {
    const result = await smoke({
      checks: '- name: home\n  http: GET /${nowhere}\n  expect: { status: 200 }',
    });
    expect(ended(result)).toBe('error/checks-invalid, serving unknown');
    expect(annotations(result)).toEqual([
      'error: checks-invalid: The checks cannot be used: checks:2:9: `nowhere` has no value. Pass it in ' +
        '`check-variables`, define it under `variables`, or list it under `secrets`. ' +
        'Next: Correct the places named below.',
    ]);
    expect(shop.entries('app')).toEqual([]);
  });

  it('shows its secrets nowhere: not in the log, the summary, the outputs or the reports', async () => {
    const checks = `
secrets: [API_TOKEN]
checks:
  - name: orders
    http: { url: "/orders?key=\${API_TOKEN}", auth: { bearer: "\${API_TOKEN}" } }
    expect: { status: 200, body: { contains: "\${API_TOKEN}" } }
`;
    const result = await smoke({ checks, 'check-secrets': 'API_TOKEN=t0p-s3cret-of-shop' });
    expect(ended(result)).toBe('fail/checks-failed, serving unknown');
    const { report } = result.main.outputs;
    const files = ['index.html', 'junit.xml', 'result.json', 'result.tap', 'summary.md'].map((name) =>
      reportOf(report, name),
    );
    const told = [logOf(result), result.job.summary, JSON.stringify(result.main), ...files].join('\n');
    expect(told).toContain('***');
    expect(told).not.toContain('t0p-s3cret-of-shop');
  });
});

import { expect, it } from 'vitest';
import { Redactor } from '../../../packages/core/src/io/redactor.ts';
import { createLedger } from '../../../packages/core/src/ledger/github-ledger.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import { collected } from '../../support/collected.ts';
import { ask } from '../../support/github-client.ts';
import { demoGitHub, waitingBy } from '../../support/github-emulator.ts';
import { GitHubHttp } from '../../support/github-http.ts';
import { anIntent, aRunnerContext } from '../../support/ledger-builders.ts';

const [commit = ''] = demoCommits;
const hidden = 'hush&hush-1/9';
const deployments = '/repos/acme/shop/deployments';

it('what people and platforms said is masked before it is cut and signed, and proves itself still', async () => {
  const { github, clock } = demoGitHub();
  const token = github.token();
  const secrets = new Redactor([hidden]);
  const ledger = createLedger({
    http: new GitHubHttp(github),
    clock: waitingBy(clock),
    context: aRunnerContext({ sha: commit }),
    token,
    warn: () => {},
    keys: ['a key of sixteen letters'],
    redact: (text) => secrets.redact(text),
  });
  const intent = anIntent({ commit, reason: `it printed ${hidden}` });
  const record = await ledger.open('deploy', intent, `${'x'.repeat(134)} ${hidden}`);
  await record.add(
    { kind: 'shipped', release: 'rel_1', label: `v43 ${hidden}`, artifact: null },
    'in_progress',
  );
  await ledger.deactivate(record.id ?? '', `${'y'.repeat(134)} ${hidden}`);
  github.reveal();
  const [written] = (await ask(github, `GET ${deployments}`, { token })).body;
  const statuses = (await ask(github, `GET ${deployments}/${record.id}/statuses`, { token })).body;
  expect(written).toMatchObject({
    description: `${'x'.repeat(134)} ***`,
    payload: { reason: 'it printed ***', signature: expect.any(String) },
  });
  expect(statuses.map(({ description }: { description: string }) => description)).toEqual([
    `${'y'.repeat(134)} ***`,
    expect.stringMatching(/^belay\/1 shipped rel_1 v43%20\*\*\* - ~/),
  ]);
  const [read] = await collected(ledger.records(intent.environment, intent.service));
  expect(read?.facts).toMatchObject([{ fact: { kind: 'shipped', label: 'v43 ***' } }]);
});

import { expect, it } from 'vitest';
import { runJob } from '#local-runner';
import { aFolder, aRepository } from '../support/action-folder.ts';

const toolkit = import.meta.resolve('@actions/core');

/** GitHub's own library is the one client whose reading of the protocol is not ours. */
it('understands what @actions/core writes', async () => {
  const repositoryRoot = await aRepository({
    speak: {
      inputs: { 'app-name': {}, flag: { default: true } },
      main: `
        import('${toolkit}').then(async (core) => {
          core.setSecret('hunter2');
          core.info('input ' + core.getInput('app-name') + ' ' + core.getBooleanInput('flag') + ' hunter2');
          core.setOutput('text', 'one\\r\\ntwo=2<<EOF\\n');
          core.setOutput('json', { a: [1, '%'] });
          core.saveState('id', '100%\\n');
          core.exportVariable('SHOP', 'a\\nb');
          core.addPath('/opt/shop');
          core.warning('50% off:\\nnow, here', { title: 'a:b,c', file: 'x.js', startLine: 3, startColumn: 1, endColumn: 4 });
          core.debug('hidden');
          await core.group('work', async () => core.info('inside'));
          await core.summary.addRaw('# key hunter2').write();
          core.setFailed('gave up');
        });
      `,
      post: `import('${toolkit}').then((core) => core.info(JSON.stringify(core.getState('id'))));`,
    },
  });
  const { steps } = await runJob({
    repositoryRoot,
    workspace: await aFolder(),
    steps: [
      { id: 'speak', uses: './actions/speak', with: { 'app-name': 'shop' } },
      { run: 'echo "$SHOP"; echo "$PATH" | cut -d: -f1', if: 'always()' },
    ],
  });

  const told = steps.map(({ outcome, exitCode, outputs, state, summary, annotations, log }) => ({
    outcome,
    exitCode,
    outputs,
    state,
    summary,
    annotations,
    log: log.map(({ line }) => line),
  }));
  const quiet = { outcome: 'success', exitCode: 0, outputs: {}, state: {}, summary: '', annotations: [] };
  expect(told).toEqual([
    {
      outcome: 'failure',
      exitCode: 1,
      outputs: { text: 'one\r\ntwo=2<<EOF\n', json: '{"a":[1,"%"]}' },
      state: { id: '100%\n' },
      summary: '# key ***',
      annotations: [
        {
          level: 'warning',
          message: '50% off:\nnow, here',
          title: 'a:b,c',
          file: 'x.js',
          line: 3,
          column: 1,
          endColumn: 4,
        },
        { level: 'error', message: 'gave up' },
      ],
      log: [
        'input shop true ***',
        '##[warning]50% off:\nnow, here',
        '##[group]work',
        'inside',
        '##[endgroup]',
        '##[error]gave up',
      ],
    },
    { ...quiet, log: ['a', 'b', '/opt/shop'] },
    { ...quiet, state: { id: '100%\n' }, log: ['"100%\\n"'] },
  ]);
});

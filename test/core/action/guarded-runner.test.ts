import { expect, it } from 'vitest';
import { guardedRunner } from '../../../packages/core/src/action/guarded-runner.ts';
import { Redactor } from '../../../packages/core/src/io/redactor.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

it('nothing that an action writes holds what was masked', async () => {
  const recording = recordingRunner();
  const runner = guardedRunner(recording, new Redactor([]));
  const said = 'the platform said: hush&hush-9';
  runner.mask('hush&hush-9');
  runner.debug(said);
  runner.info(said);
  runner.notice(said, { title: said });
  runner.warning(JSON.stringify({ said: said.replace('&', '\\u0026') }), {
    file: 'hush%26hush-9.yml',
    line: 3,
  });
  runner.error('hush&amp;hush-9');
  await runner.group(said, async () => runner.info('inside'));
  runner.output('timeline', JSON.stringify([{ note: said }]));
  await runner.summary(`| hush&#38;hush-9 |`);
  runner.saveState('rollout', JSON.stringify({ failure: said }));
  const masked = 'the platform said: ***';
  expect(recording).toMatchObject({
    masked: ['hush&hush-9'],
    log: [
      `debug ${masked}`,
      `info ${masked}`,
      `notice ${masked}`,
      `warning {"said":"${masked}"}`,
      'error ***',
      `group ${masked}`,
      'info inside',
      'endgroup',
    ],
    places: [{ title: masked }, { file: '***.yml', line: 3 }],
    outputs: { timeline: JSON.stringify([{ note: masked }]) },
    summaries: ['| *** |'],
    states: { rollout: JSON.stringify({ failure: masked }) },
  });
});

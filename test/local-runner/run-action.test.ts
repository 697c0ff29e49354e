import path from 'node:path';
import { expect, it } from 'vitest';
import { runAction } from '#local-runner';
import { aRepository } from '../support/action-folder.ts';

it('runs main and post of one action and answers outputs, state, summary, annotations and log as plain data', async () => {
  const root = await aRepository({
    greet: {
      inputs: { name: { description: 'whom', default: 'world' } },
      main: `
        write('OUTPUT', 'greeting=hello ' + process.env.INPUT_NAME + '\\n');
        write('STATE', 'greeted=yes\\n');
        write('STEP_SUMMARY', '# Hello\\n');
        console.log('::notice file=a.txt,line=3::said hello');
        console.log('done');
      `,
      post: `console.error('post saw ' + process.env.STATE_greeted);`,
    },
  });

  const { job, main, post } = await runAction(path.join(root, 'actions/greet'), { name: 'you' });

  const { startedAt, durationMs, ...known } = main;
  expect(known).toEqual({
    id: 'action',
    name: 'Run ./greet',
    stage: 'main',
    outcome: 'success',
    conclusion: 'success',
    exitCode: 0,
    outputs: { greeting: 'hello you' },
    state: { greeted: 'yes' },
    summary: '# Hello\n',
    annotations: [{ level: 'notice', message: 'said hello', file: 'a.txt', line: 3 }],
    log: [
      { stream: 'stdout', line: '##[notice]said hello' },
      { stream: 'stdout', line: 'done' },
    ],
  });
  expect(new Date(startedAt).toISOString()).toBe(startedAt);
  expect(durationMs).toBeGreaterThan(0);
  expect(post?.log).toEqual([{ stream: 'stderr', line: 'post saw yes' }]);
  expect({ ...job, steps: job.steps.length, log: job.log.length }).toEqual({
    conclusion: 'success',
    steps: 2,
    outputs: {},
    log: 3,
    summary: '# Hello\n',
    orphans: [],
    masks: [],
  });
});

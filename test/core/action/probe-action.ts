/** A small action, started as the runner would start its bundle: what it does is told by its input `do`. */

import type { ActionDefinition } from '../../../packages/core/src/action/action.ts';
import { interruptible } from '../../../packages/core/src/action/interruptible.ts';
import { runAction } from '../../../packages/core/src/action/run-action.ts';
import { defineInputs } from '../../../packages/core/src/inputs/inputs.ts';
import { text } from '../../../packages/core/src/inputs/kinds.ts';
import { secret } from '../../../packages/core/src/inputs/secret.ts';
import { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';

const inputs = defineInputs({ task: text('do', { required: true }), token: secret('token') });

const cancel = interruptible();
const action: ActionDefinition = {
  name: 'probe',
  kind: 'deploy',
  async run({ runner, clock, signal }) {
    const { task, token } = inputs.read(runner);
    if (task === 'fail') {
      const details = ['::error::forged', '\u001b[31m##[group]forged'];
      throw new ActionFailure({ code: 'app-not-found', what: 'No app shop', next: 'Correct it.', details });
    }
    if (task === 'tell') throw new SyntaxError(`cannot read ${JSON.stringify(token)}`);
    if (task === 'tell twice') {
      setTimeout(() => Promise.reject(new Error(`first ${token}`)), 1);
      setTimeout(() => Promise.reject(new Error(`second ${token}`)), 2);
      await clock.sleep(50);
    }
    if (task === 'break') throw new TypeError('x is not a function');
    if (task === 'stray') setTimeout(() => Promise.reject(new Error('nobody caught this')), 1);
    if (task === 'stall') await new Promise(() => {});
    if (task === 'stray') await clock.sleep(5_000);
    if (task === 'linger') setInterval(() => {}, 1_000);
    if (task === 'wait') {
      runner.info('waiting');
      await clock.sleep(20_000, signal).catch(() => clock.sleep(400));
      return {
        outcome: 'cancelled',
        reason: 'cancelled',
        serving: 'old',
        ok: false,
        outputs: {},
        headline: 'Stopped.',
      };
    }
    if (task === 'obey') {
      runner.info('waiting');
      await clock.sleep(20_000, signal);
    }
    runner.saveState('made', 'folder');
    return {
      outcome: 'done',
      reason: 'installed',
      ok: true,
      outputs: { text: 'two\nlines' },
      summary: '# Done',
      headline: '::notice::Done.',
    };
  },
  async post({ runner }, main) {
    if (main === 'unbegun') return { level: 'notice', message: 'Nothing was begun.', summary: '# Nothing' };
    if (runner.state('made') !== 'folder') throw new Error(`${main}, and nothing was made`);
    runner.info(`${main}: removed the folder`);
    return undefined;
  },
};
await runAction(action, cancel);

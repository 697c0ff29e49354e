import { expect, it } from 'vitest';
import { idOf, isId } from '../../../packages/core/src/github/id.ts';
import { answeringGitHub } from '../../support/answering-github.ts';

it('an id goes into an address in its own digits, more of them than a number holds', async () => {
  const { api, asked } = answeringGitHub(() => ({ text: '{}' }));
  await api.rest(({ actions }, repository) =>
    actions.getWorkflowRun({ ...repository, run_id: idOf('9007199254740993') }),
  );
  expect(asked).toEqual(['GET actions/runs/9007199254740993']);
});

it.each(['', '0', '007', '-1', '1.5', '1e3', 'abc', '../12', '12345678901234567890'])(
  '%o is no id',
  (text) => {
    expect(isId(text)).toBe(false);
    expect(() => idOf(text)).toThrow('is no id');
  },
);

import { describe, expect, it } from 'vitest';
import { defineInputs } from '../../../packages/core/src/inputs/inputs.ts';
import { text } from '../../../packages/core/src/inputs/kinds.ts';

const inputs = defineInputs({ checks: text('checks'), flyApp: text('fly-app', { required: true }) });

function read(given: Readonly<Record<string, string>>) {
  const env = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  return inputs.read({ input: (name) => given[name] ?? '', env, mask: () => {} });
}

describe('an input under a name that is nearly right', () => {
  it.each([
    ['a letter too few', { check: '- home' }, '`check` is no input of this action: did you mean `checks`?'],
    [
      'letters changed about',
      { 'fyl-app': 'x' },
      '`fyl-app` is no input of this action: did you mean `fly-app`?',
    ],
    ['an underscore', { fly_ap: 'x' }, '`fly-ap` is no input of this action: did you mean `fly-app`?'],
  ])('is no input: %s', (_, given, what) => {
    expect(() => read({ 'fly-app': 'shop', ...given })).toThrow(what);
  });

  it('is told with everything else that is wrong', () => {
    expect(() => read({ chekcs: '- home' })).toThrow('2 inputs cannot be used: `chekcs`, `fly-app`.');
  });

  it.each([
    ['of which none is near: the runner warns of it', { colour: 'blue' }],
    ['that is empty', { check: '' }],
  ])('is none of ours: one %s', (_, given) => {
    expect(read({ 'fly-app': 'shop', ...given })).toEqual({ checks: undefined, flyApp: 'shop' });
  });
});

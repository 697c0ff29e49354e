import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifests } from '../../scripts/docs/manifest.ts';
import { readShowings } from '../../scripts/docs/showing.ts';
import { root } from '../../scripts/root.ts';

const eleven = Array.from({ length: 11 }, (_, at) => `input-${at}`);

describe('what a README shows of a manifest', () => {
  it.each(readManifests())('has everything of $name once, and at most ten at the start', (manifest) => {
    const file = `actions/${manifest.name}/docs.yml`;
    const names = {
      inputs: manifest.inputs.map(({ name }) => name),
      outputs: manifest.outputs.map(({ name }) => name),
    };
    const { inputs, outputs } = readShowings(file, readFileSync(join(root, file), 'utf8'), names);
    const listed = [inputs, outputs].map(({ first, folded }) => [
      ...first,
      ...folded.flatMap((fold) => fold.names),
    ]);
    expect(listed.map((some) => [...some].sort())).toEqual(
      [names.inputs, names.outputs].map((some) => [...some].sort()),
    );
    expect([inputs.first.length, outputs.first.length].filter((length) => length > 10)).toEqual([]);
  });

  it.each<[string, string, readonly string[], string]>([
    ['a name that is not there', 'first: [app, ap]', ['app'], 'ap is not in action.yml'],
    ['a name twice', 'first: [app]\n  folded: { More: [app] }', ['app'], 'app stands twice'],
    ['an input that it does not show', 'first: [app]', ['app', 'token'], 'token is missing'],
    ['more than ten', `first: [${eleven.join(', ')}]`, eleven, 'more than 10 stand first'],
    ['no list', 'folded: { More: [app] }', ['app'], 'a list of names is missing'],
  ])('is refused with %s', (_, inputs, names, why) => {
    const yaml = `inputs:\n  ${inputs}\noutputs:\n  first: []\n`;
    expect(() => readShowings('docs.yml', yaml, { inputs: names, outputs: [] })).toThrow(why);
  });
});

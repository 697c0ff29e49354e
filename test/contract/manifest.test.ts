import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ActionDefinition, Ending } from '#core';
import type { Input, Inputs, Presence } from '#core/inputs';
import { gates } from '../../packages/core/src/gates/gates.ts';
import { readManifests } from '../../scripts/docs/manifest.ts';
import { root } from '../../scripts/root.ts';

/** Feather icons and colours that GitHub accepts and these actions may use. */
const colors = ['white', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark'];

/** What `runAction` sets for every action. */
const commonOutputs = ['outcome', 'reason', 'serving', 'needs-a-person', 'duration-ms'];

const manifests = readManifests().map((manifest) => ({ name: manifest.name, manifest }));

it('has an action.yml in every folder of actions/', () => {
  const folders = globSync('actions/*', { cwd: root }).map((folder) => basename(folder));
  expect(manifests.map(({ name }) => name)).toEqual(folders.sort());
});

describe.each(manifests)('$name', ({ name, manifest }) => {
  it('accepts in inputs.ts exactly what action.yml offers, with the same defaults', async () => {
    const { inputs } = (await module('inputs')) as { inputs: Inputs<Record<string, Input<unknown>>> };
    const declared = Object.values(inputs.spec).map((input) => [input.name, declaredFacts(input)] as const);
    const offered = manifest.inputs.map(
      (input) => [input.name, { required: input.required, default: input.default }] as const,
    );
    expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(offered));
  });

  it('is run by Node 24 from its own bundle, and cleaned up from an entry beside it where it has a post', async () => {
    const { action } = (await module('run')) as { action: ActionDefinition };
    const bundle = `../../dist/${name}`;
    expect(action.name).toBe(name);
    expect(manifest.runs).toEqual({
      using: 'node24',
      main: `${bundle}/index.js`,
      post: action.post === undefined ? undefined : `${bundle}/post.js`,
    });
  });

  it('documents the outputs that every action sets', () => {
    const outputs = manifest.outputs.map((output) => output.name);
    expect(commonOutputs.filter((output) => !outputs.includes(output))).toEqual([]);
  });

  it('names in the description of `force` every gate that may be passed', () => {
    const force = manifest.inputs.find((input) => input.name === 'force');
    const told = [...(force?.description ?? '').matchAll(/`([a-z-]+)`/g)].map(([, word = '']) => word);
    const passable = gates.flatMap((gate) => (gate.forcible ? [gate.name] : []));
    expect(told).toEqual(force === undefined ? [] : [...passable, 'override-reason']);
  });

  it('lists each of its endings once, none that every action has anyway', async () => {
    const { endings } = (await module('reasons')) as { endings: readonly Ending[] };
    const { commonEndings } = await import('#core');
    const all = [...endings, ...commonEndings].map(({ outcome, reason }) => `${outcome}/${reason}`);
    expect(all.filter((ending, index) => all.indexOf(ending) !== index)).toEqual([]);
  });

  it('has an icon and a colour', () => {
    expect(manifest.branding).toEqual({ icon: expect.stringMatching(/^[a-z-]+$/), color: expect.anything() });
    expect(colors).toContain(manifest.branding.color);
  });

  function module(file: string): Promise<unknown> {
    return import(join(root, 'actions', name, 'src', `${file}.ts`));
  }
});

/** An input's facts as action.yml writes them. */
function declaredFacts(input: Presence): { required: boolean; default: string | undefined } {
  const expression = input.runnerDefault === undefined ? undefined : `\${{ ${input.runnerDefault} }}`;
  return { required: input.required === true, default: input.default ?? expression };
}

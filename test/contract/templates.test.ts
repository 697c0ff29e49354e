import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';

interface Field {
  readonly type: string;
  readonly id?: string;
  readonly attributes: { readonly label?: string; readonly description?: string; options?: string[] };
  readonly validations?: { readonly required?: boolean };
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const form = (file: string) =>
  load(read(`.github/ISSUE_TEMPLATE/${file}`)) as { name: string; body: Field[] };

describe('a form for issues', () => {
  const fieldsOf = (file: string) => form(file).body.filter(({ type }) => type !== 'markdown');

  it('about a bug cannot be sent without version and outcome, and asks for result.json without secrets', () => {
    const required = fieldsOf('bug.yml').filter(({ validations }) => validations?.required === true);
    expect(required.map(({ id }) => id)).toEqual(['action', 'version', 'outcome', 'seen', 'step']);
    const result = fieldsOf('bug.yml').find(({ id }) => id === 'result');
    expect(result?.attributes.description).toContain('with secrets removed');
  });

  it('about a bug knows every action', () => {
    const actions = globSync('actions/*', { cwd: root }).map((folder) => folder.replace(/^actions./, ''));
    const { options } = fieldsOf('bug.yml').find(({ id }) => id === 'action')?.attributes ?? {};
    expect(options).toEqual(expect.arrayContaining(actions));
  });

  it.each(['bug.yml', 'feature.yml'])('%s has a label and a name of its own for each field', (file) => {
    const fields = fieldsOf(file);
    expect(fields.filter(({ id, attributes }) => !id || !attributes.label)).toEqual([]);
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  });

  it('is the only way to write one, but for what must not be public', () => {
    const config = load(read('.github/ISSUE_TEMPLATE/config.yml')) as {
      blank_issues_enabled: boolean;
      contact_links: { url: string }[];
    };
    expect(config.blank_issues_enabled).toBe(false);
    expect(config.contact_links[0]?.url).toBe('https://github.com/OWNER/belay/security/advisories/new');
  });
});

it('what keeps packages up to date proposes them in groups, weekly, a week after they were published', () => {
  const { updates } = load(read('.github/dependabot.yml')) as {
    updates: { 'package-ecosystem': string; schedule: object; cooldown: object; groups: object }[];
  };
  expect(
    updates.map(({ schedule, cooldown, ...rest }) => [rest['package-ecosystem'], schedule, cooldown]),
  ).toEqual([
    ['npm', { interval: 'weekly' }, { 'default-days': 7 }],
    ['github-actions', { interval: 'weekly' }, { 'default-days': 7 }],
  ]);
  expect(updates.map(({ groups }) => Object.keys(groups))).toEqual([['bundled', 'tools'], ['actions']]);
});

it('every path that has an owner is there', () => {
  const owned = read('.github/CODEOWNERS')
    .split('\n')
    .flatMap((line) => /^\/(\S+) @OWNER$/.exec(line)?.[1] ?? []);
  expect(owned.length).toBeGreaterThan(3);
  expect(owned.filter((path) => globSync(path, { cwd: root }).length === 0)).toEqual([]);
});

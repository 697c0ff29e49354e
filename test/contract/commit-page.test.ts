import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testedCommit } from '../../packages/core/src/runner/tested-commit.ts';
import { fillTemplate } from '../../packages/local-runner/src/expressions.ts';
import { root } from '../../scripts/root.ts';

const page = readFileSync(join(root, 'docs', 'faq.md'), 'utf8');
const sha = 'a'.repeat(40);
const head = 'b'.repeat(40);

/** An expression of the page, as GitHub fills it in. */
function filled(expression: string, eventName: string): string {
  const event = eventName === 'workflow_run' ? { workflow_run: { head_sha: head } } : {};
  return fillTemplate(expression, { contexts: { github: { event, sha, event_name: eventName } } });
}

/** The commit that Belay takes a run to be about. */
const tested = (eventName: string, event: Readonly<Record<string, unknown>>) =>
  testedCommit({ event, eventName, sha });

describe('the commit that the page has baked into an image is the one that Belay asks for', () => {
  const baked = /^ +build-args: GIT_SHA=(.*)$/m.exec(page)?.[1] ?? '';
  const rows = [...page.matchAll(/^\| (`[a-z_`, ]+`)[^|]* \| `(github\.[\w.]+)`/gm)].flatMap(
    ([, events = '', expression = '']) =>
      [...events.matchAll(/`([a-z_]+)`/g)].map(([, event = '']) => ({ event, expression })),
  );

  it('and has a row of every event that a deploy is started by', () => {
    expect(rows.map(({ event }) => event)).toEqual([
      ...['push', 'workflow_dispatch', 'schedule', 'release', 'pull_request', 'workflow_run'],
    ]);
  });

  it.each(rows)('on $event', ({ event, expression }) => {
    const wanted = tested(event, event === 'workflow_run' ? { workflow_run: { head_sha: head } } : {});
    expect([filled(baked, event), filled(`\${{ ${expression} }}`, event)]).toEqual([wanted, wanted]);
  });
});

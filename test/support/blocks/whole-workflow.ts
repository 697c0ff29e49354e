import type { Kind } from './kinds.ts';
import type { PageBlock } from './page-blocks.ts';

/** A block with the least around it that makes it a workflow. */
export interface WholeWorkflow {
  readonly text: string;
  /** Lines before the block's first. */
  readonly before: number;
}

const around: Partial<
  Readonly<Record<Kind, (action: string) => { before: string; depth: number; after?: string }>>
> = {
  workflow: () => ({ before: '', depth: 0 }),
  jobs: () => ({ before: 'on: push\n', depth: 0 }),
  'part of a workflow': () => ({ before: '', depth: 0, after: `jobs: { job: ${emptyJob} }\n` }),
  'part of a job': () => ({ before: 'on: push\njobs:\n  job:\n', depth: 4 }),
  steps: () => ({ before: `${job}    steps:\n`, depth: 6 }),
  'part of a step': () => ({ before: `${job}    steps:\n      -\n`, depth: 8 }),
  inputs: (action) => ({
    before: `${job}    steps:\n      - uses: OWNER/belay/actions/${action}@v1\n        with:\n`,
    depth: 10,
  }),
};

const emptyJob = '{ runs-on: ubuntu-latest, steps: [{ run: "true" }] }';
const job = 'on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n';

/** Undefined for what is no part of a workflow. `action` is the one that a fragment without `uses` is about. */
export function wholeWorkflow({ text }: PageBlock, kind: Kind, action: string): WholeWorkflow | undefined {
  const place = around[kind]?.(action);
  if (place === undefined) return undefined;
  const missing = missingParts(kind, text, action);
  const before = place.before + missing.map((line) => `${' '.repeat(place.depth)}${line}\n`).join('');
  const body = text.replace(/^(?=.)/gm, ' '.repeat(place.depth));
  return { text: before + body + (place.after ?? ''), before: before.split('\n').length - 1 };
}

/** What GitHub wants and the fragment leaves to its surroundings. */
function missingParts(kind: Kind, text: string, action: string): readonly string[] {
  const lacks = (key: string) => !new RegExp(`^${key}:`, 'm').test(text);
  if (kind === 'part of a workflow' && lacks('on')) return ['on: push'];
  if (kind === 'part of a step' && lacks('(uses|run)')) return [`uses: OWNER/belay/actions/${action}@v1`];
  if (kind !== 'part of a job') return [];
  return [
    ...(lacks('runs-on') ? ['runs-on: ubuntu-latest'] : []),
    ...(lacks('steps') ? ['steps: [{ run: "true" }]'] : []),
  ];
}

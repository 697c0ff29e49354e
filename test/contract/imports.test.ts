import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, runtimeImportsOf, type Source, sources, startImportsOf } from '../support/sources.ts';

const core = sources('packages/core/src/**/*.ts');
const actions = sources('actions/*/src/**/*.ts');

/** Each import of each file, as `file → import`; relative imports as paths from the root. */
function edges(files: readonly Source[], importsOfFile = importsOf): { from: string; to: string }[] {
  return files.flatMap((source) =>
    importsOfFile(source).map((to) => ({
      from: source.file,
      to: to.startsWith('.') ? posix.join(posix.dirname(source.file), to) : to,
    })),
  );
}

/** The edges that break a rule, for a message that names them. */
function breaches(
  all: { from: string; to: string }[],
  breaks: (from: string, to: string) => boolean,
): string[] {
  return all.filter(({ from, to }) => breaks(from, to)).map(({ from, to }) => `${from} → ${to}`);
}

function within(files: readonly Source[], ...folders: readonly string[]): readonly Source[] {
  return files.filter(({ file }) => folders.some((folder) => file.startsWith(`packages/core/src/${folder}`)));
}

describe('an action', () => {
  it('imports its own files and #core, nothing else', () => {
    const own = (file: string) => file.split('/').slice(0, 3).join('/');
    const isCore = (from: string, to: string) =>
      to === '#core' || (to === '#core/interruptible' && from.endsWith('/src/main.ts'));
    expect(
      breaches(edges(actions), (from, to) => !isCore(from, to) && !to.startsWith(`${own(from)}/`)),
    ).toEqual([]);
  });

  it('loads nothing before it can be interrupted', () => {
    const mains = actions.filter(({ file }) => file.endsWith('/src/main.ts'));
    expect(mains.map((main) => startImportsOf(main))).toEqual(mains.map(() => ['#core/interruptible']));
    const first = core.filter(({ file }) => file.endsWith('/action/interruptible.ts'));
    expect(edges(first).map(({ to }) => to)).toEqual(['packages/core/src/action/cancelled.ts']);
    expect(edges(core.filter(({ file }) => file.endsWith('/action/cancelled.ts')))).toEqual([]);
  });

  it('reaches the outside only through its ports', () => {
    const reach = /\bprocess\.|\bfetch\(|\bconsole\.|\bsetTimeout\(|\bDate\.now\(|\bnew Date\(\)/;
    expect(filesOf(actions.filter(({ text }) => reach.test(code(text))))).toEqual([]);
  });

  it('decides without waiting for anything', () => {
    const deciding = actions.filter(({ file }) => posix.basename(file).startsWith('decide'));
    const waiting = deciding.filter(({ text }) => /\basync\b|\bawait\b|\bPromise</.test(code(text)));
    expect(filesOf(waiting)).toEqual([]);
  });

  it('starts work only in main.ts', () => {
    const starting = actions.filter(({ text }) => /\brunAction\(/.test(code(text)));
    expect(filesOf(starting).filter((file) => !file.endsWith('/src/main.ts'))).toEqual([]);
  });
});

describe('core', () => {
  it('knows no action and no other package', () => {
    const outside = (to: string) =>
      to.startsWith('#') ||
      (to.includes('/') && /^(?:actions|packages)\//.test(to) && !to.startsWith('packages/core/src/'));
    expect(breaches(edges(core), (_, to) => outside(to))).toEqual([]);
  });

  it('lets the ledger know nothing of the gates that ask it, and the action nothing of the checks', () => {
    // Every door is opened in one place.
    const action = within(core, 'action/').filter(({ file }) => !file.endsWith('/doors.ts'));
    const all = edges([...within(core, 'ledger/'), ...action]);
    const above = (from: string, to: string) =>
      to.startsWith(`packages/core/src/${from.includes('/ledger/') ? 'gates' : 'checks'}/`);
    expect(breaches(all, above)).toEqual([]);
  });

  it('touches @actions/core in one file', () => {
    const users = edges(core).filter(({ to }) => to === '@actions/core');
    expect(users.map(({ from }) => from)).toEqual(['packages/core/src/runner/actions-runner.ts']);
  });

  it('never calls what the bundles leave out: OIDC tokens and downloads of the toolkit', () => {
    const calling = core.filter(({ text }) => /\bgetIDToken\b|\bdownloadTool\b/.test(code(text)));
    expect(filesOf(calling)).toEqual([]);
  });

  it('loads no heavy library at the start of every action', () => {
    const heavy = ['@actions/exec', '@actions/tool-cache', 'js-yaml', 'json-p3'];
    const files = new Map(core.map((source) => [source.file, source]));
    const reached = new Set(['packages/core/src/index.ts']);
    // A set is walked on through what is added to it on the way.
    for (const file of reached) {
      const source = files.get(file);
      if (source !== undefined) for (const { to } of edges([source], startImportsOf)) reached.add(to);
    }
    expect(heavy.filter((library) => reached.has(library))).toEqual([]);
    expect(reached).toContain('@actions/core');
  });

  it('renders reports and failures without effects', () => {
    const pure = [...within(core, 'report/'), ...within(core, 'failure.ts')];
    const effects = /^node:|(?:^|\/)(?:runner|http|process|clock)(?:\/|\.ts$)/;
    expect(breaches(edges(pure, runtimeImportsOf), (_, to) => effects.test(to))).toEqual([]);
  });

  it('keeps the environment and standard streams to its doors', () => {
    const doors = [
      'runner/',
      'action/',
      'command/',
      'http',
      'process',
      'clock.ts',
      'install/',
      'checks/cage/worker.ts',
    ];
    const others = core.filter((source) => !within([source], ...doors).length);
    const reach = /\bprocess\.(?:env|std(?:in|out|err)|exit|exitCode|cwd|on)\b|\bconsole\./;
    expect(filesOf(others.filter(({ text }) => reach.test(code(text))))).toEqual([]);
  });
});

describe('a platform', () => {
  const platforms = within(core, 'platforms/');

  it('knows no other platform', () => {
    const name = (file: string) => /\/platforms\/([^/]+)\//.exec(file)?.[1];
    const other = (from: string, to: string) => name(to) !== undefined && name(from) !== name(to);
    expect(breaches(edges(platforms), other)).toEqual([]);
  });

  it('does not know the runner', () => {
    expect(breaches(edges(platforms), (_, to) => to.includes('/runner/'))).toEqual([]);
  });
});

describe('an emulator', () => {
  it.each(['local-cloud', 'local-runner'])(
    'in %s never imports core: it would share our mistakes',
    (name) => {
      const all = edges(sources(`packages/${name}/src/**/*.ts`));
      expect(breaches(all, (_, to) => to === '#core' || to.startsWith('packages/core/'))).toEqual([]);
    },
  );
});

function filesOf(found: readonly Source[]): string[] {
  return found.map(({ file }) => file);
}

/** A file's text without its comments. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

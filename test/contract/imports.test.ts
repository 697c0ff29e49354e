import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { edgesOf } from '../support/import-graph.ts';
import {
  codeOf,
  importsOf,
  runtimeImportsOf,
  type Source,
  sources,
  startImportsOf,
} from '../support/sources.ts';

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

/** The files whose paths in core begin with one of these. One that none begins with fails: a rule over it would hold nothing. */
function within(...folders: readonly string[]): readonly Source[] {
  const found = folders.map((folder) =>
    core.filter(({ file }) => file.startsWith(`packages/core/src/${folder}`)),
  );
  const lost = folders.filter((_, index) => found[index]?.length === 0);
  if (lost.length > 0) throw new Error(`No file of core is in ${lost.join(', ')}`);
  return [...new Set(found.flat())];
}

/** What a `main.ts` may load before the action itself. */
const mains = ['#core/interruptible', '#core/start-worker'];

describe('an action', () => {
  it('imports its own files and #core, nothing else', () => {
    const own = (file: string) => file.split('/').slice(0, 3).join('/');
    // What a platform's folder opens is for its own action.
    const doors = [
      ...['#core', '#core/checks', '#core/deployment', '#core/inputs', '#core/platform-inputs'],
      ...['#core/fly/inputs', '#core/railway/inputs'],
    ];
    const isCore = (from: string, to: string) =>
      doors.includes(to) ||
      (to === '#core/fly' && from.startsWith('actions/fly-deploy/')) ||
      (to === '#core/railway' && from.startsWith('actions/railway-up/')) ||
      (mains.includes(to) && from.endsWith('/src/main.ts'));
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
    expect(filesOf(actions.filter(({ text }) => reach.test(codeOf({ text }))))).toEqual([]);
  });

  it('decides without waiting for anything', () => {
    const deciding = actions.filter(({ file }) => posix.basename(file).startsWith('decide'));
    const waiting = deciding.filter(({ text }) => /\basync\b|\bawait\b|\bPromise</.test(codeOf({ text })));
    expect(filesOf(waiting)).toEqual([]);
  });

  it('starts work only in main.ts', () => {
    const starting = actions.filter(({ text }) => /\brunAction\(/.test(codeOf({ text })));
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
    // Every door is opened in one place, and named in one.
    const action = within('action/').filter(
      ({ file }) => !/\/action\/(?:create-ports|ports)\.ts$/.test(file),
    );
    const all = edges([...within('ledger/'), ...action]);
    const above = (from: string, to: string) =>
      to.startsWith(`packages/core/src/${from.includes('/ledger/') ? 'gates' : 'checks'}/`);
    expect(breaches(all, above)).toEqual([]);
  });

  it('touches @actions/core in one file', () => {
    const users = edges(core).filter(({ to }) => to === '@actions/core');
    expect(users.map(({ from }) => from)).toEqual(['packages/core/src/runner/actions-runner.ts']);
  });

  it('never calls what the bundles leave out: OIDC tokens, downloads and archives of the toolkit, its look at the platform', () => {
    const leftOut = /\b(?:getIDToken|downloadTool|extract(?:Tar|Zip|Xar|7z)|getExecOutput|getDetails)\b/;
    const calling = core.filter(({ text }) => leftOut.test(codeOf({ text })));
    expect(filesOf(calling)).toEqual([]);
  });

  it('loads no heavy library at the start of every action', () => {
    const heavy = [
      '@actions/tool-cache',
      '@octokit/core',
      '@octokit/plugin-rest-endpoint-methods',
      'js-yaml',
      'json-p3',
    ];
    const files = new Map([...core, ...actions].map((source) => [source.file, source]));
    const reached = new Set(actions.map(({ file }) => file).filter((file) => file.endsWith('/src/run.ts')));
    // A set is walked on through what is added to it on the way.
    for (const file of reached) {
      const source = files.get(file);
      if (source !== undefined) for (const { to } of edgesOf([source], startImportsOf)) reached.add(to);
    }
    expect(reached).toContain('packages/core/src/doors/deployment.ts');
    expect(heavy.filter((library) => reached.has(library))).toEqual([]);
    expect(reached).toContain('@actions/core');
  });

  it('renders reports and failures without effects', () => {
    const texts = ['text/markdown.ts', 'text/autolinks.ts', 'text/html.ts', 'outcome/failure.ts'];
    // One file puts them on the disk.
    const pure = within('report/', ...texts).filter(({ file }) => !file.endsWith('/report/checks-files.ts'));
    const effects = /^node:|(?:^|\/)(?:runner|http|process|clock)(?:\/|\.ts$)/;
    expect(breaches(edges(pure, runtimeImportsOf), (_, to) => effects.test(to))).toEqual([]);
  });

  it('keeps the environment and standard streams to its ports', () => {
    const doors = [
      'runner/',
      'action/',
      'io/http',
      'io/process',
      'io/clock.ts',
      'install/',
      'checks/cage/start-worker.ts',
      'checks/cage/worker.ts',
    ];
    const behind = within(...doors);
    const others = core.filter((source) => !behind.includes(source));
    const reach = /\bprocess\.(?:env|std(?:in|out|err)|exit|exitCode|cwd|on)\b|\bconsole\./;
    expect(filesOf(others.filter(({ text }) => reach.test(codeOf({ text }))))).toEqual([]);
  });
});

describe('a platform', () => {
  const platforms = within('platforms/');

  it('knows no other platform; the registry knows them all', () => {
    const name = (file: string) => /\/platforms\/([^/]+)\//.exec(file)?.[1];
    const others = platforms.filter(({ file }) => !file.includes('/platforms/registry/'));
    const other = (from: string, to: string) => name(to) !== undefined && name(from) !== name(to);
    expect(others.some(({ file }) => name(file) !== undefined)).toBe(true);
    expect(breaches(edges(others), other)).toEqual([]);
  });

  it('uses the runner where it is opened with the ports of an action, and takes it by those elsewhere', () => {
    const opening = /\/platforms\/(?:by-name|[^/]+\/(?:index|inputs|open|\w+\/private-folder))\.ts$/;
    const inside = platforms.filter(({ file }) => !opening.test(file));
    expect(inside.length).toBeGreaterThan(platforms.length / 2);
    expect(breaches(edges(inside, runtimeImportsOf), (_, to) => to.includes('/runner/'))).toEqual([]);
  });
});

describe('an emulator', () => {
  it.each(['local-cloud', 'local-runner'])(
    'in %s never imports core: it would share our mistakes',
    (name) => {
      const all = edges(sources(`packages/${name}/src/**/*.ts`));
      expect(all.length).toBeGreaterThan(0);
      expect(breaches(all, (_, to) => to === '#core' || to.startsWith('packages/core/'))).toEqual([]);
    },
  );
});

function filesOf(found: readonly Source[]): string[] {
  return found.map(({ file }) => file);
}

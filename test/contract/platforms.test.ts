import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf, importsOf, type Source, sources } from '../support/sources.ts';

// One platform, one folder: whoever else speaks of a platform speaks of all of them.

const files = [...sources('packages/core/src/**/*.ts'), ...sources('actions/*/src/**/*.ts')];
const registry = 'packages/core/src/platforms/registry/';

/** Those that have a folder, and beside them those that are to come. */
const built = [...new Set(files.flatMap(({ file }) => folderOf(file) ?? []))];
const names = [...new Set([...built, 'railway', 'vercel'])];

/** Whose folder a file lies in: of `platforms/<name>/`. */
function folderOf(file: string): string | undefined {
  const name = /^packages\/core\/src\/platforms\/([^/]+)\//.exec(file)?.[1];
  return name === 'registry' ? undefined : name;
}

/** Whether a file is a platform's own: in its folder, or of an action that is named after it. */
function isOwn(file: string, name: string): boolean {
  return folderOf(file) === name || file.startsWith(`actions/${name}-`);
}

/** `file: what` for each place that asks which platform it is. */
function questionsIn(all: readonly Source[]): readonly string[] {
  const name = `['"\`](?:${names.join('|')})(?::[^'"\`]*)?['"\`]`;
  const questions = [
    new RegExp(`[!=]==?\\s*${name}`),
    new RegExp(`${name}\\s*[!=]==?`),
    new RegExp(`\\bcase\\s+${name}`),
    new RegExp(`\\.(?:startsWith|endsWith|includes|match|test)\\(${name}`),
    new RegExp(`\\[[^\\]\\n]*${name}[^\\]\\n]*\\]\\.(?:includes|indexOf|some|find)\\(`),
    // A table is a switch in other words.
    new RegExp(`[{,]\\s*(?:${names.join('|')})\\s*:`),
    /\bswitch\s*\([^)\n]*\bplatform(?:Name)?\b/,
    /\bplatform\.platform\b|\btarget\.platform\s*[!=]==?/,
  ];
  return all
    .filter(({ file }) => !file.startsWith(registry) && names.every((one) => !isOwn(file, one)))
    .flatMap((source) =>
      questions.flatMap((question) => {
        const asked = question.exec(codeOf(source))?.[0].trim();
        return asked === undefined ? [] : [`${source.file}: ${asked}`];
      }),
    );
}

/** `file → import` for each that reaches into a platform's folder from outside. Its inputs and reasons are plain data. */
function reachesIn(all: readonly Source[]): readonly string[] {
  return all.flatMap((source) =>
    importsOf(source).flatMap((written) => {
      const path = written.startsWith('.') ? posix.join(posix.dirname(source.file), written) : written;
      const name = folderOf(path) ?? /^#core\/([^/]+)/.exec(path)?.[1];
      if (name === undefined || !names.includes(name)) return [];
      const isPlain = /\/(?:inputs|reasons)(?:\.ts)?$/.test(path);
      const isOpen = isOwn(source.file, name) || isPlain || source.file.startsWith(registry);
      return isOpen ? [] : [`${source.file} → ${path}`];
    }),
  );
}

/** `file: word` for each word of a platform that has a folder, in code outside its own. */
function wordsIn(all: readonly Source[]): readonly string[] {
  const word = new RegExp(`[\\w-]*(?:${built.join('|')})[\\w-]*`, 'gi');
  return all
    .filter(({ file }) => !file.startsWith(registry) && names.every((name) => !isOwn(file, name)))
    .flatMap((source) => {
      const found = codeOf(source).match(word) ?? [];
      return [...new Set(found)]
        .sort()
        .map((one) => `${source.file.replace('packages/core/src/', '')}: ${one}`);
    });
}

/** Where else a platform is named: each of them is to go, and none may come. */
const knownWords: readonly string[] = [
  // The checks: the type `fly-machines`, whose hosts stand behind no edge, and the headers by which answers are told apart.
  'checks/cage/needs.ts: fly-machines',
  'checks/exchange/public-suffixes.ts: fly',
  'checks/exchange/public-suffixes.ts: railway',
  'checks/types/challenge.ts: fly-host',
  'checks/types/challenge.ts: isFlyHost',
  'checks/types/deployment-protection.ts: fly-host',
  'checks/types/deployment-protection.ts: isFlyHost',
  'checks/types/deployment-protection.ts: isOfFly',
  'checks/types/fly-host.ts: fly',
  'checks/types/fly-host.ts: isFlyHost',
  'checks/types/platform-answer.ts: Fly',
  'checks/types/platform-answer.ts: fly',
  'checks/types/platform-answer.ts: fly-app',
  'checks/types/platform-answer.ts: fly-token',
  'checks/types/release/each-machine.ts: fly-force-instance-id',
  'checks/types/seen-answer.ts: fly-request-id',
  'checks/types/seen-answer.ts: x-railway-request-id',
  // Sentences, and the workflow that presses the button: for the platform’s own reasons and inputs to say.
  'deployment/advice.ts: flyctl',
  'io/http/tls-verification.ts: flyctl',
  'report/post-report.ts: fly',
  // The inputs of the actions for every platform.
  'actions/smoke-test/src/inputs.ts: FLY_API_TOKEN',
  'actions/smoke-test/src/inputs.ts: Fly',
  'actions/smoke-test/src/inputs.ts: fly',
  'actions/smoke-test/src/inputs.ts: fly-app',
  'actions/smoke-test/src/inputs.ts: fly-token',
  'actions/smoke-test/src/inputs.ts: flyApp',
  'actions/smoke-test/src/inputs.ts: flyInputs',
  'actions/smoke-test/src/inputs.ts: flyToken',
  'actions/smoke-test/src/result.ts: fly',
  'actions/smoke-test/src/result.ts: flyApp',
];

describe('outside a platform’s own folder and the registry', () => {
  it('nobody asks which platform it is', () => {
    expect(questionsIn(files)).toEqual([]);
  });

  it('nobody reaches into it, but for its inputs and reasons', () => {
    expect(reachesIn(files)).toEqual([]);
  });

  it('it is named in a few known places, and in ever fewer', () => {
    expect(wordsIn(files)).toEqual(knownWords);
  });
});

describe('the rules themselves', () => {
  const room = 'packages/core/src/deployment/planted.ts';
  const action = 'actions/rollback/src/planted.ts';

  it.each([
    ['a comparison', `if (target.platform === 'fly') stop();`],
    ['one the other way round', `const isIt = "vercel" !== name;`],
    ['a switch on the name', 'switch (open.target.platform) {}'],
    ['a case', `case 'railway':`],
    ['a target’s id', `id.startsWith('fly:')`],
    ['a list of names', `['fly', 'vercel'].includes(name)`],
    ['a table by name', 'const sentences = { fly: one, vercel: other };'],
  ])('find %s', (_, text) => {
    for (const file of [room, action]) expect(questionsIn([{ file, text }])).not.toEqual([]);
    expect(questionsIn([{ file: 'packages/core/src/platforms/fly/planted.ts', text }])).toEqual([]);
  });

  it.each([
    ['a relative import', room, `import { flyLook } from '../platforms/fly/api/look.ts';`, 1],
    ['one for types alone', room, `import type { FlyApi } from '../platforms/fly/api/api.ts';`, 1],
    ['a late one', room, `await ${'import'}('../platforms/fly/open.ts')`, 1],
    ['the door of a platform', action, `import { openFly } from '#core/fly';`, 1],
    ['not its inputs', action, `import { flyInputs } from '#core/fly/inputs';`, 0],
    ['not its reasons', room, `import { flyReasons } from '../platforms/fly/reasons.ts';`, 0],
    ['not its own action', 'actions/fly-deploy/src/planted.ts', `import { openFly } from '#core/fly';`, 0],
  ])('find %s', (_, file, text, found) => {
    expect(reachesIn([{ file, text }])).toHaveLength(found);
  });

  it('find a word in code, and none in a comment', () => {
    const text = "// Fly has one.\nconst flyctl = 'Fly’s';\n/** As on Vercel. */";
    expect(wordsIn([{ file: room, text }])).toEqual([
      'deployment/planted.ts: Fly',
      'deployment/planted.ts: flyctl',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { type Source, sources } from '../support/sources.ts';

/** The files longer than `limit` lines, as `file: lines`. */
function longer(files: readonly Source[], limit: number): string[] {
  return files
    .map(({ file, text }) => ({ file, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > limit)
    .map(({ file, lines }) => `${file}: ${lines} lines`);
}

/** A file may be long when its first line says why: `/** Long because …`. */
const unexplained = (files: readonly Source[]) =>
  files.filter(({ text }) => !/^\/[/*]+ Long because /.test(text));

describe('a file stays small enough to be read at one sitting', () => {
  it('main.ts: an import and a call, 10 lines', () => {
    expect(longer(sources('actions/*/src/main.ts'), 10)).toEqual([]);
  });

  it('run.ts: the story, 80 lines', () => {
    expect(longer(sources('actions/*/src/run.ts'), 80)).toEqual([]);
  });

  it.each(['actions/*/src/**/*.ts', 'packages/*/src/**/*.ts', 'scripts/**/*.ts'])(
    '%s: 300 lines',
    (pattern) => {
      expect(longer(unexplained(sources(pattern)), 300)).toEqual([]);
    },
  );

  it('tests: 400 lines', () => {
    expect(longer(unexplained(sources('test/**/*.ts')), 400)).toEqual([]);
  });
});

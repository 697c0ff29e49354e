import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BundledPackage, licencesOf, licenceText, packagesOf } from '../../scripts/licences.ts';
import { root } from '../../scripts/root.ts';

const text =
  `Copyright (c) 2026 Ann\n\n${'Permission is hereby granted, free of charge. '.repeat(10)}`.trim();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belay-licences-'));
  mkdirSync(join(folder, 'supplied'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A package as npm installs it. */
function aPackage(files: Readonly<Record<string, string>>, name = 'left'): BundledPackage {
  const own = join(folder, 'node_modules', name);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'package.json'), JSON.stringify({ name, version: '1.2.3', license: 'MIT' }));
  for (const [file, content] of Object.entries(files)) writeFileSync(join(own, file), content);
  return { name, folder: own };
}

const supplied = () => join(folder, 'supplied');

describe('the text of a bundled package’s licence', () => {
  it.each<[string, Record<string, string>, string]>([
    ['the file it ships', { LICENSE: `${text}\r\n` }, text],
    ['the file, as the British spell it', { 'licence.md': text }, text],
    [
      'the file, and the notices beside it',
      { LICENSE: text, NOTICE: 'Made by Ann.' },
      `${text}\n\nMade by Ann.`,
    ],
    [
      'the section of its README',
      { 'README.md': `# left\n\n## License\n\n${text}\n\n## Thanks\n\nto all` },
      text,
    ],
  ])('is %s', (_, files, whole) => {
    expect(licenceText(aPackage(files), supplied())).toBe(whole);
  });

  it('is the one supplied for it where it ships none', () => {
    const bare = aPackage({ 'README.md': '# left\n\n## License\n\nMIT\n' }, '@ann/left');
    writeFileSync(join(supplied(), '@ann+left.txt'), `github.com/ann/left LICENSE\n\n${text}\n`);
    expect(licenceText(bare, supplied())).toBe(`github.com/ann/left LICENSE\n\n${text}`);
  });

  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['a name alone', { LICENSE: 'MIT', 'README.md': '## License\n\nMIT' }],
  ])('that is %s ends the build', (_, files) => {
    expect(() => licenceText(aPackage(files), supplied())).toThrow(
      `left is bundled, and came without the text of its licence. Put it into ${join(supplied(), 'left.txt')}, below a line that says where it is from.`,
    );
  });
});

it('names each package once, with its version, whatever modules of it there are and in whom they lie', () => {
  const [left, right] = [aPackage({ LICENSE: text }), aPackage({ LICENSE: text }, '@ann/right')];
  const packages = packagesOf([
    { nameForCondition: join(left.folder, 'index.js') },
    {
      nameForCondition: '/build/own.js',
      modules: [{ identifier: `javascript/esm|${join(right.folder, 'a.js')}` }],
    },
    { identifier: `${join(left.folder, 'b.js')}` },
    { identifier: 'external "node:fs"' },
  ]);
  expect(licencesOf(packages, supplied())).toBe(
    `@ann/right 1.2.3\nMIT\n\n${text}\n\nleft 1.2.3\nMIT\n\n${text}\n`,
  );
});

const own = join(root, 'scripts', 'licences');
/** Git keeps no empty folder. */
const supplies = existsSync(own) ? readdirSync(own) : [];

describe.skipIf(supplies.length === 0)('each text that is supplied', () => {
  it.each(supplies)('%s is of a package that ships none, and says where it is from', (file) => {
    const name = file.replace(/\.txt$/, '').replace('+', '/');
    const installed = { name, folder: join(root, 'node_modules', name) };
    expect(() => licenceText(installed, supplied())).toThrow('came without the text of its licence');
    expect(licenceText(installed, own)).toMatch(/^github\.com\/\S+ [0-9a-f]{7} \S+/);
  });
});

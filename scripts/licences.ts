/** The licences of what a bundle is made of: its text goes where the code goes, or there is no bundle. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of which some module is in a bundle. */
export interface BundledPackage {
  readonly name: string;
  /** Where it is installed. */
  readonly folder: string;
}

/** One module of a bundle, as webpack tells it; what was joined into one file has those it was made of. */
export interface BundledModule {
  readonly nameForCondition?: string | null;
  readonly identifier?: string;
  readonly modules?: readonly BundledModule[];
}

/** The innermost package of a path; webpack writes its own words before and after one, apart by `|` or `!`. */
const packageFolder = /(?:[A-Za-z]:)?[\\/][^|!]*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/;

/** The packages that modules are of, by name; our own modules are of none. */
export function packagesOf(modules: readonly BundledModule[]): readonly BundledPackage[] {
  const folders = modules.flatMap(foldersOf);
  return [...new Set(folders)]
    .map((folder) => ({
      name: folder.replace(/^.*[\\/]node_modules[\\/]/, '').replaceAll('\\', '/'),
      folder,
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function foldersOf({ nameForCondition, identifier, modules = [] }: BundledModule): readonly string[] {
  const [own] = packageFolder.exec(nameForCondition ?? identifier ?? '') ?? [];
  return [...(own === undefined ? [] : [own]), ...modules.flatMap(foldersOf)];
}

/** `licenses.txt`: name, version, kind and text of each package, in order of their names. */
export function licencesOf(packages: readonly BundledPackage[], supplied: string): string {
  const texts = packages.map((one) => {
    const { version, license } = JSON.parse(readFileSync(join(one.folder, 'package.json'), 'utf8'));
    return `${one.name} ${version}\n${license}\n\n${licenceText(one, supplied)}\n`;
  });
  return [...new Set(texts)].join('\n');
}

/**
 * The text a package was published with: its licence files and notices, else the section of its README, else the file in
 * `supplied` that says where it is from. Throws where there is none.
 */
export function licenceText({ name, folder }: BundledPackage, supplied: string): string {
  const own = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|third.?party)/i.test(file));
  const texts = own.sort().map((file) => tidy(readFileSync(join(folder, file), 'utf8')));
  if (texts.some(isWhole)) return texts.join('\n\n');
  const section = readmeSection(folder);
  if (section !== undefined && isWhole(section)) return section;
  const file = join(supplied, `${name.replace('/', '+')}.txt`);
  if (existsSync(file)) return tidy(readFileSync(file, 'utf8'));
  throw new Error(
    `${name} is bundled, and came without the text of its licence. Put it into ${file}, below a line that says where it is from.`,
  );
}

/** What stands below the heading License; a README that only names the licence has no text of it. */
function readmeSection(folder: string): string | undefined {
  const readme = readdirSync(folder).find((file) => /^readme(\.|$)/i.test(file));
  if (readme === undefined) return undefined;
  const sections = readFileSync(join(folder, readme), 'utf8').split(/^(?=#)/m);
  const licence = sections.find((section) => /^#+\s*licen[cs]e\s*$/im.test(section.split('\n', 1)[0] ?? ''));
  return licence === undefined ? undefined : tidy(licence.slice(licence.indexOf('\n')));
}

/** The shortest licence there is, 0BSD, has twice as much. */
function isWhole(text: string): boolean {
  return text.length > 300;
}

function tidy(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

import { parse, type SemVer } from 'semver';

/** `v0.1.0` or `v0.2.0-rc.1`; undefined for anything else, build metadata included: no tag tells two builds apart. */
export function parseTag(tag: string): SemVer | undefined {
  const version = parse(tag);
  return version !== null && `v${version.version}` === tag ? version : undefined;
}

export function isPreRelease({ prerelease }: SemVer): boolean {
  return prerelease.length > 0;
}

/** The text below the heading of a version in a changelog, up to the next one; undefined where there is no such heading. */
export function sectionOf(changelog: string, version: string): string | undefined {
  const [, ...sections] = changelog.split(/^## /m);
  const section = sections.find((text) => text.split(/\s/, 1)[0]?.replace(/^v/, '') === version);
  return section?.slice(section.indexOf('\n') + 1).trim();
}

import { code, escapeMarkdown, factsTable, link } from '../text/markdown.ts';

/** Tells the comments on one pull request apart: by what they are of, and of which part of the system. */
export function commentMarker(kind: string, part: string): string {
  return `${kind} ${part.replace(/[^\w.-]/g, '-').replace(/-{2,}/g, '-')}`;
}

/** Of what a step says at its end. */
interface Told {
  readonly outputs: Readonly<Record<string, string>>;
  readonly headline: string;
}

/** What a pull request’s page says after a deploy, well or badly ended. `head`: its newest commit when the run began. */
export function deployedComment(
  title: string,
  { outputs, headline }: Told,
  { head, runUrl }: { readonly head: string | undefined; readonly runUrl: string | undefined },
): string {
  const { url = '' } = outputs;
  const facts: readonly (readonly [string, string])[] = [
    ...(url === '' ? [] : [['address', link(url.replace(/^https:\/\//, ''), url)] as const]),
    ...(head === undefined ? [] : [['commit', code(head.slice(0, 7))] as const]),
    ...(runUrl === undefined ? [] : [['run', link('log and summary', runUrl)] as const]),
  ];
  return `### ${title}\n\n${escapeMarkdown(headline)}\n\n${factsTable(facts)}`;
}

/** What it says of what is gone, and how to have it back. */
export function removedComment(
  title: string,
  { did, because, again }: { readonly did: string; readonly because: string; readonly again: string },
): string {
  return `### ${title}\n\n🧹 ${did}: ${escapeMarkdown(because)}. ${again}`;
}

/** The judge stands outside: it never imports core, and asks the cloud rather than the action what is true. */
import type { Roles } from './stories.ts';

export type Serving = 'new' | 'old' | 'mixed' | 'nothing';

/** What the action said of itself. */
export interface Testimony {
  readonly outcome: string;
  readonly reason: string;
  readonly serving: string;
  readonly exitCode: number | null;
  readonly durationMs: number;
  readonly annotations: readonly { readonly level: string; readonly message: string }[];
  /** Everything it wrote, and where: log, outputs, summary, report files, requests. */
  readonly texts: readonly { readonly where: string; readonly text: string }[];
  /** Processes that outlived the job. */
  readonly orphans: readonly string[];
}

/** What the cloud knows. */
export interface Truth {
  /** The version each of several requests was answered with; `nothing` where none answered. */
  readonly answers: readonly string[];
  /** Images of the releases Fly made during the run. */
  readonly releases: readonly string[];
  /** What the run put into GitHub's ledger. */
  readonly records: readonly LedgerEntry[];
  /** How often the fault struck. */
  readonly strikes: number;
  /** The action's last look at Fly was itself struck. */
  readonly blind: boolean;
}

export interface LedgerEntry {
  readonly task: string;
  readonly descriptions: readonly string[];
}

/** By what a run is judged. */
export interface Law {
  readonly action: 'fly-deploy' | 'rollback';
  readonly roles: Roles;
  /** `timeout` and `restore-timeout` together. */
  readonly allowedMs: number;
  readonly endings: readonly { readonly outcome: string; readonly reason: string }[];
  readonly secrets: readonly string[];
  /** `live/verified`: how it must end, where the trouble was with the ledger alone, which decides nothing. */
  readonly mustEnd?: string;
}

const graceMs = 10_000;

/** Everything that is wrong with a run, one clause each; none for an honest one. */
export function judge(said: Testimony, truth: Truth, law: Law): readonly string[] {
  return [
    ...(truth.strikes === 0 ? ['the fault never struck'] : []),
    ...servingWrongs(said, truth, law),
    ...greenWrongs(said, truth, law),
    ...effectWrongs(truth),
    ...secretWrongs(said, law),
    ...(said.durationMs > law.allowedMs + graceMs ? [`took ${Math.round(said.durationMs)} ms`] : []),
    ...endingWrongs(said, law),
    ...annotationWrongs(said),
    ...said.orphans.map((command) => `left running: ${command}`),
  ];
}

export function servingOf(answers: readonly string[], roles: Roles): Serving | 'something else' {
  const [first, ...others] = new Set(answers);
  if (others.length > 0) return 'mixed';
  if (first === roles.new) return 'new';
  if (first === roles.old) return 'old';
  return first === 'nothing' ? 'nothing' : 'something else';
}

function servingWrongs({ serving }: Testimony, { answers, blind }: Truth, { roles }: Law): readonly string[] {
  const really = servingOf(answers, roles);
  if (serving === really || (serving === 'unknown' && blind)) return [];
  return [`says ${serving} serves, but ${really} does (${answers.join(' ')})`];
}

function greenWrongs({ exitCode, outcome }: Testimony, { answers }: Truth, law: Law): readonly string[] {
  const really = servingOf(answers, law.roles);
  const claimed = law.action === 'rollback' ? 'old' : 'new';
  if (exitCode === 0 && really !== claimed) return [`green (${outcome}), but ${really} serves`];
  return [];
}

function effectWrongs({ releases, records }: Truth): readonly string[] {
  const twice = (name: string, all: readonly string[]) =>
    all.filter((one, at) => all.indexOf(one) !== at).map((one) => `${name} twice: ${one}`);
  return [
    ...twice('released', releases),
    ...twice(
      'recorded',
      records.map(({ task }) => task),
    ),
    ...records.flatMap(({ task, descriptions }) => twice(`noted in ${task}`, descriptions)),
  ];
}

function secretWrongs({ texts }: Testimony, { secrets }: Law): readonly string[] {
  return secrets.flatMap((secret) => {
    const forms = [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')];
    const found = texts.filter(({ text }) => forms.some((form) => text.includes(form)));
    return found.map(({ where }) => `${secret} stands in ${where}`);
  });
}

function endingWrongs({ outcome, reason }: Testimony, { endings, mustEnd }: Law): readonly string[] {
  if (reason === 'bug') return ['calls itself a bug'];
  if (mustEnd !== undefined && mustEnd !== `${outcome}/${reason}`) return ['the ledger changed the outcome'];
  const known = endings.some((ending) => ending.outcome === outcome && ending.reason === reason);
  return known ? [] : [`${outcome}/${reason} is not among its endings`];
}

function annotationWrongs({ exitCode, annotations, texts }: Testimony): readonly string[] {
  const failures = annotations.filter(({ level }) => level === 'error');
  const wrongs = texts
    .filter(({ text }) => /^\s+at .+:\d+:\d+\)?$/m.test(text))
    .map(({ where }) => `a stack trace in ${where}`);
  if (exitCode === 0) return failures.length === 0 ? wrongs : [...wrongs, 'green, with a failure annotation'];
  const advised = failures.filter(({ message }) => / Next: \S/.test(message));
  if (failures.length === 1 && advised.length === 1) return wrongs;
  return [...wrongs, `red with ${failures.length} failure annotations, ${advised.length} with a next step`];
}

/** The judge stands outside: it never imports core, and asks the cloud rather than the action what is true. */

import { standstillWrongs, wholeWrongs } from './fleet-oracle.ts';
import type { LedgerEntry, Observed, Report } from './observed.ts';
import type { Roles } from './story.ts';

export type Serving = 'new' | 'old' | 'mixed' | 'nothing';

/** By what a run is judged. */
export interface Invariants {
  readonly action: 'fly-deploy' | 'railway-up' | 'rollback';
  readonly roles: Roles;
  /** `timeout` and `restore-timeout` together. */
  readonly allowedMs: number;
  readonly endings: readonly { readonly outcome: string; readonly reason: string }[];
  readonly secrets: readonly string[];
  /** `live/verified`: how it must end, where the trouble was of a kind that decides nothing. */
  readonly mustEnd?: string;
  /** Another deploy comes where nobody looks any more before it acts. */
  readonly isUnknowable?: boolean;
}

const graceMs = 10_000;

/** Everything that is wrong with a run, one clause each; none for an honest one. */
export function judge(said: Report, truth: Observed, law: Invariants): readonly string[] {
  const roles = rolesAfter(truth, law);
  return [
    ...(truth.isStruck ? [] : ['the fault never struck']),
    ...servingWrongs(said, truth, roles),
    ...greenWrongs(said, truth, claimOf(law), roles),
    ...quietWrongs(said, truth, law, roles),
    ...wholeWrongs(said, truth, isRestore(said, law) ? roles.old : roles.new),
    ...standstillWrongs(said, truth),
    ...takeoverWrongs(truth, law),
    ...effectWrongs(truth, law.action !== 'rollback' ? law.roles.new : undefined),
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

/** What is answered with; and where that is one release, what works beside it unasked serves as well. */
function reallyServing({ answers, after }: Observed, roles: Roles): ReturnType<typeof servingOf> {
  const answered = servingOf(answers, roles);
  if (answered === 'mixed' || answered === 'nothing') return answered;
  return servingOf([...answers, ...after.unasked], roles);
}

/**
 * Who is old and who is new once another deploy has come between. One that came before this run's first release is what
 * a deploy replaced, so its way back leads there; a rollback that chose again takes it back, to what served before it.
 */
function rolesAfter({ takeover }: Observed, { action, roles }: Invariants): Roles {
  if (takeover?.by !== 'the first') return roles;
  if (action !== 'rollback') return { old: another, new: roles.new };
  return takeover.standsOn === 'a choice' ? { old: roles.new, new: another } : roles;
}

/** What another deploy serves, in every story. */
const another = 'v4';

function claimOf({ action }: Invariants): 'old' | 'new' {
  return action === 'rollback' ? 'old' : 'new';
}

function isRestore({ outcome }: Report, law: Invariants): boolean {
  return law.action === 'rollback' || outcome === 'restored';
}

function servingWrongs({ serving }: Report, truth: Observed, roles: Roles): readonly string[] {
  const { answers, blind } = truth;
  const really = reallyServing(truth, roles);
  const isSo = serving === really || (serving === 'unknown' && (blind || really === 'something else'));
  return isSo ? [] : [`says ${serving} serves, but ${really} does (${answers.join(' ')})`];
}

function greenWrongs(
  { exitCode, outcome }: Report,
  truth: Observed,
  claimed: Serving,
  roles: Roles,
): readonly string[] {
  const really = reallyServing(truth, roles);
  return exitCode === 0 && really !== claimed ? [`green (${outcome}), but ${really} serves`] : [];
}

/**
 * Nobody is left asleep by a red run, unless a deploy failed and what served before serves, or what somebody else made.
 * What a gate stopped has changed nothing, whatever serves: that is judged with the standstill.
 */
function quietWrongs(
  { exitCode, needsPerson, outcome }: Report,
  truth: Observed,
  { action }: Invariants,
  roles: Roles,
): readonly string[] {
  if (needsPerson !== 'true' && needsPerson !== 'false') return [`needs-a-person is "${needsPerson}"`];
  if (exitCode === 0) return needsPerson === 'false' ? [] : [`green (${outcome}), and a person must look`];
  if (needsPerson === 'true') return [];
  const really = reallyServing(truth, roles);
  const isQuiet =
    action !== 'rollback' && (outcome === 'blocked' || really === 'old' || really === 'something else');
  return isQuiet ? [] : [`needs no person (${outcome}), though ${really} serves`];
}

/**
 * What somebody else has made live is taken down only by who has seen it and has chosen since. A deploy ships what it
 * was told to, whoever was there before: it has chosen nothing.
 */
function takeoverWrongs({ takeover }: Observed, { action, isUnknowable }: Invariants): readonly string[] {
  if (takeover === undefined || takeover.by === 'nothing' || isUnknowable) return [];
  if (action !== 'rollback' && takeover.by === 'the first') return [];
  return takeover.standsOn === 'a choice' ? [] : [`took over another deploy on ${takeover.standsOn}`];
}

/**
 * One intent has one effect. What ships is released once; a way back that failed is tried again within its time, and of
 * its releases one becomes complete.
 */
function effectWrongs({ releases, records }: Observed, shipped: string | undefined): readonly string[] {
  const twice = (name: string, all: readonly string[]) =>
    all.filter((one, at) => all.indexOf(one) !== at).map((one) => `${name} twice: ${one}`);
  return [
    ...twice(
      'released',
      releases
        .filter(({ version, isComplete }) => isComplete || version === shipped)
        .map(({ image }) => image),
    ),
    ...twice(
      'recorded',
      records.filter((record) => !isAbandoned(record)).map(({ task }) => task),
    ),
    ...records.flatMap(({ task, descriptions }) => twice(`noted in ${task}`, descriptions)),
  ];
}

/** What was chosen from a look that held no more ends, and is chosen once more. */
function isAbandoned({ descriptions }: LedgerEntry): boolean {
  return descriptions.some((description) => description.startsWith('belay/1 abandoned'));
}

function secretWrongs({ texts }: Report, { secrets }: Invariants): readonly string[] {
  return secrets.flatMap((secret) => {
    const forms = [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')];
    const found = texts.filter(({ text }) => forms.some((form) => text.includes(form)));
    return found.map(({ where }) => `${secret} stands in ${where}`);
  });
}

function endingWrongs({ outcome, reason }: Report, { endings, mustEnd }: Invariants): readonly string[] {
  if (reason === 'bug') return ['calls itself a bug'];
  if (mustEnd !== undefined && mustEnd !== `${outcome}/${reason}`) return [`ended otherwise than ${mustEnd}`];
  const known = endings.some((ending) => ending.outcome === outcome && ending.reason === reason);
  return known ? [] : [`${outcome}/${reason} is not among its endings`];
}

function annotationWrongs({ exitCode, annotations, texts }: Report): readonly string[] {
  const failures = annotations.filter(({ level }) => level === 'error');
  const wrongs = texts
    .filter(({ text }) => /^\s+at .+:\d+:\d+\)?$/m.test(text))
    .map(({ where }) => `a stack trace in ${where}`);
  if (exitCode === 0) return failures.length === 0 ? wrongs : [...wrongs, 'green, with a failure annotation'];
  const advised = failures.filter(({ message }) => / Next: \S/.test(message));
  if (failures.length === 1 && advised.length === 1) return wrongs;
  return [...wrongs, `red with ${failures.length} failure annotations, ${advised.length} with a next step`];
}

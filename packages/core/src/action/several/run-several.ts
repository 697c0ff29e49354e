import { ActionFailure, errorMessage } from '../../outcome/failure.ts';
import type { ActionKind } from '../../outcome/outcome-group.ts';
import type { PostReport } from '../../report/post-report.ts';
import { prose } from '../../text/markdown.ts';
import type { ActionResult } from '../action.ts';
import { concludeError } from '../conclude.ts';
import type { Ports } from '../ports.ts';
import { scopedRunner } from './scoped-runner.ts';
import type { NamedResult } from './several-result.ts';

/** Names of targets; one is worked on as if nobody had thought of several, and need not have a name. */
export type Names = readonly [string | undefined, ...string[]];

/**
 * Says which target a name has led to, before anything is done to it. Failure: `input-invalid`, where another name has led
 * to the same one.
 */
export type Claim = (target: string) => void;

/** Works on several targets at once, each with lines, records and a verdict of its own, and tells of all of them. */
export async function runSeveral(
  { ports, kind, names }: { readonly ports: Ports; readonly kind: ActionKind; readonly names: Names },
  run: (ports: Ports, name: string | undefined, claim: Claim) => Promise<ActionResult>,
): Promise<ActionResult> {
  const [only, ...others] = names;
  if (only === undefined || others.length === 0) return run(ports, only, () => {});
  const claimed = new Map<string, string>();
  const one = async (name: string): Promise<NamedResult> => {
    const claim: Claim = (target) => {
      const other = claimed.get(target);
      if (other !== undefined) throw namedTwice(other);
      claimed.set(target, name);
    };
    const own = { ...ports, runner: scopedRunner(ports.runner, name) };
    try {
      return { name, result: await run(own, name, claim) };
    } catch (error) {
      // What one comes to before its rollout is no reason to leave the others.
      const cancelled = ports.signal.aborted;
      return { name, result: concludeError(error, { cancelled, isOwn: true, issuesUrl: undefined }) };
    }
  };
  const telling = import('./several-result.ts');
  const [first, ...rest] = await Promise.all([one(only), ...others.map(one)]);
  const { severalResult } = await telling;
  return severalResult(kind, [first, ...rest]);
}

function namedTwice(other: string): ActionFailure {
  return new ActionFailure({
    code: 'input-invalid',
    what: `it is the target that ${other} names as well`,
    why: 'two rollouts of one target would take each other’s releases down',
    next: 'Name each target once',
  });
}

/** The same of their `post`. */
export async function postSeveral(
  { ports, names }: { readonly ports: Ports; readonly names: Names },
  post: (ports: Ports, name: string | undefined) => Promise<PostReport | undefined>,
): Promise<PostReport | undefined> {
  const [only, ...others] = names;
  if (only === undefined || others.length === 0) return post(ports, only);
  const one = async (name: string) => post({ ...ports, runner: scopedRunner(ports.runner, name) }, name);
  const all = [only, ...others];
  const ended = await Promise.allSettled(all.map(one));
  const told = ended.flatMap((end, index) => reportOf(end, all[index] ?? ''));
  if (told.length === 0) return undefined;
  return {
    level: told.some(({ level }) => level === 'warning') ? 'warning' : 'notice',
    message: told.map(({ message }) => message).join('\n'),
    summary: told
      .map(({ summary }) => summary.trimEnd())
      .join('\n\n')
      .concat('\n'),
  };
}

function reportOf(end: PromiseSettledResult<PostReport | undefined>, name: string): readonly PostReport[] {
  if (end.status === 'fulfilled') {
    return end.value === undefined ? [] : [{ ...end.value, message: `${name}: ${end.value.message}` }];
  }
  const message = `${name}: cleaning up did not finish: ${errorMessage(end.reason)}`;
  return [{ level: 'warning', message, summary: `${prose(message)}\n` }];
}

import { setMaxListeners } from 'node:events';
import { ownValue } from '../../own-value.ts';
import { Redactor } from '../../redactor.ts';
import type { CheckFile } from '../check-file.ts';
import { LargeAnswers } from '../exchange/large-answers.ts';
import { PatternThread } from '../judge/patterns.ts';
import type { ChecksReport } from '../verdict.ts';
import { openProber } from './open-prober.ts';
import type { RunChecksOptions } from './options.ts';
import { deadlineOf, runRounds, wantedBuild, wantsWatch } from './run-rounds.ts';

/**
 * Runs checks in this process until they pass or fail for good: for tests, and for what runs them where nothing else
 * depends on the process. Throws ActionFailure `checks-invalid` before anything is sent when a name has no value or a
 * value cannot be used, and the signal's reason when aborted before there is a verdict; one that is being watched over
 * is cut short instead. Nothing that leaves it holds a secret.
 */
export async function runChecks(file: CheckFile, options: RunChecksOptions): Promise<ChecksReport> {
  const redactor = new Redactor([...listedSecrets(file, options), options.protectionBypass ?? '']);
  const build = wantedBuild(options);
  const bound = { ...options, redactor, build, only: options.only, watch: wantsWatch(options) };
  const patterns = new PatternThread();
  const abort = linked(options.signal);
  const { signal } = abort;
  const { clock, env, tools, platformHealth, controlUrl, onSecret } = options;
  try {
    const prober = await openProber(file, bound, {
      ...{ clock, from: clock.monotonic(), signal, proxyEnv: env, env, tools, platformHealth },
      ...{ controlUrl, onSecret, patterns, largeAnswers: new LargeAnswers() },
      // Nothing else is to be told what holds the thread.
      judging: (work) => work(),
    });
    return await runRounds(prober, { ...options, signal, redactor, deadline: deadlineOf(options) });
  } finally {
    abort.unlink();
    patterns.close();
  }
}

function listedSecrets(file: CheckFile, { secrets }: RunChecksOptions): string[] {
  return file.documents.flatMap((document) => document.secrets.map((name) => ownValue(secrets, name) ?? ''));
}

/** A signal that follows the caller's: any number of listeners here, one there. */
function linked(signal: AbortSignal) {
  signal.throwIfAborted();
  const own = new AbortController();
  setMaxListeners(0, own.signal);
  const follow = () => own.abort(signal.reason);
  signal.addEventListener('abort', follow, { once: true });
  return { signal: own.signal, unlink: () => signal.removeEventListener('abort', follow) };
}

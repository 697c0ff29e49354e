import { setMaxListeners } from 'node:events';
import { Redactor } from '../../io/redactor.ts';
import { ownValue } from '../../text/own-value.ts';
import type { CheckFile } from '../check-file.ts';
import type { ChecksReport } from '../check-result.ts';
import { Connections } from '../exchange/connections.ts';
import { LargeAnswers } from '../exchange/large-answers.ts';
import { PatternThread } from '../judge/patterns.ts';
import { withLoadWarnings } from './load-warnings.ts';
import { openProber } from './open-prober.ts';
import type { RunChecksOptions } from './options.ts';
import { cleanUpMs, PendingCleanUps } from './pending-clean-ups.ts';
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
  const closing = new PendingCleanUps();
  const pool = new Connections();
  const abort = linked(options.signal);
  const late = linked(options.signal, () => closing.over(cleanUpMs));
  const { signal } = abort;
  const { clock, env, tools, platformHealth, runInInstance, controlUrl, onSecret } = options;
  const from = clock.monotonic();
  try {
    const prober = await openProber(file, bound, {
      ...{
        clock,
        from,
        activatedAt: options.isNew === true ? from : undefined,
        signal: late.signal,
        proxyEnv: env,
        env,
        tools,
        platformHealth,
      },
      runInInstance,
      controlUrl,
      onSecret,
      patterns,
      pool,
      largeAnswers: new LargeAnswers(),
      // Nothing else is to be told what holds the thread.
      judging: (work) => work(),
    });
    const rounds = { ...options, signal, closing, redactor, deadline: deadlineOf(options) };
    return withLoadWarnings(await runRounds(prober, rounds), file.warnings);
  } finally {
    abort.unlink();
    late.unlink();
    patterns.close();
    pool.close();
  }
}

function listedSecrets(file: CheckFile, { secrets }: RunChecksOptions): string[] {
  return file.documents.flatMap((document) => document.secrets.map((name) => ownValue(secrets, name) ?? ''));
}

/** A signal that follows the caller's, once what goes before is over: any number of listeners here, one there. */
function linked(signal: AbortSignal, before?: () => Promise<void>) {
  signal.throwIfAborted();
  const own = new AbortController();
  setMaxListeners(0, own.signal);
  const abort = () => own.abort(signal.reason);
  const follow = () => (before === undefined ? abort() : void before().then(abort));
  signal.addEventListener('abort', follow, { once: true });
  return { signal: own.signal, unlink: () => signal.removeEventListener('abort', follow) };
}

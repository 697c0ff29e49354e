import type { CheckFile } from '../check-file.ts';
import { everyCheck } from '../load-checks.ts';
import { watchMs } from '../run/watch.ts';
import type { ChecksFacts } from './messages.ts';

/** What the checks of `file` say of themselves. */
export function checksFacts(file: CheckFile): ChecksFacts {
  const checks = file.documents.flatMap(everyCheck).map(({ name, type, severity, sampling }) => ({
    ...{ name, type, isGate: severity === 'gate' },
    ...(sampling?.baseline === undefined ? {} : { baseline: sampling.baseline.metric }),
  }));
  const secrets = file.documents.flatMap((document) => document.secrets);
  const { concurrency, failFast } = file;
  return { checks, secrets, watchMs: watchMs(file), concurrency, failFast };
}

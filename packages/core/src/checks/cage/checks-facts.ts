import type { CheckFile } from '../check-file.ts';
import { everyCheck } from '../check-file.ts';
import { watchMs } from '../run/watch.ts';
import type { ChecksFacts } from './messages.ts';

/** What the checks of `file` say of themselves. */
export function checksFacts(file: CheckFile): ChecksFacts {
  const every = file.documents.flatMap(everyCheck);
  const checks = every.map(({ name, type, severity, sampling }) => ({
    name,
    type,
    isGate: severity === 'gate',
    ...(sampling?.baseline === undefined ? {} : { baseline: sampling.baseline.metric }),
  }));
  const secrets = file.documents.flatMap((document) => document.secrets);
  const { concurrency, failFast, warnings } = file;
  const commands = every.flatMap(({ blueprint: { command } }) => (command === undefined ? [] : [command]));
  return { checks, commands, secrets, watchMs: watchMs(file), concurrency, failFast, warnings };
}

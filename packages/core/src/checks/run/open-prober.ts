import { readProxies } from '../../io/http/proxy.ts';
import type { CheckFile } from '../check-file.ts';
import { loadJsonPaths } from '../judge/jsonpath.ts';
import { usesJsonPath } from '../load-checks.ts';
import type { RunContext } from './attempt.ts';
import type { BindOptions } from './bind.ts';
import { bindChecks } from './bind.ts';
import type { LocalProbing } from './local-prober.ts';
import { LocalProber } from './local-prober.ts';

/** What the checks are asked with, beside what they are bound to. */
export interface ProberPorts
  extends Omit<RunContext, 'redactor' | 'proxies' | 'jsonPaths'>,
    Pick<LocalProbing, 'controlUrl' | 'onSecret'> {
  /** Read for `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. */
  readonly proxyEnv: Readonly<Record<string, string | undefined>>;
}

/** Binds checks to the values of a run, ready to be asked in this process. Failure: `checks-invalid`. */
export async function openProber(
  file: CheckFile,
  binding: BindOptions,
  { proxyEnv, controlUrl, onSecret, ...ports }: ProberPorts,
): Promise<LocalProber> {
  const parts = bindChecks(file, binding);
  const jsonPaths = file.documents.some(usesJsonPath) ? await loadJsonPaths() : undefined;
  const proxies = readProxies(proxyEnv) ?? {};
  const run = { ...ports, redactor: binding.redactor, proxies, jsonPaths };
  return new LocalProber({ file, parts, run, controlUrl, onSecret });
}

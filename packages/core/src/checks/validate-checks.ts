import { ActionFailure } from '../outcome/failure.ts';
import type { CheckPort } from './cage/caged-checks.ts';
import type { SourcePlace } from './check-result.ts';
import { invalidChecks } from './complaint.ts';
import type { LoadOptions } from './load-checks.ts';
import type { Values } from './run/scope.ts';

interface WarningListener {
  readonly onWarning?: ((message: string, place?: SourcePlace) => void) | undefined;
}

/**
 * Reads checks and fills in their templates without sending anything; answers how many there are, steps included. What is
 * told of a secret that has no value, or an empty one, is only what is wrong whatever it is: whoever proposes a change
 * need not know it. `onWarning` hears what is worth one. Failure: `checks-invalid`.
 */
export async function validateChecks(
  door: CheckPort,
  input: string,
  { variables, secrets, onWarning, ...where }: LoadOptions & Values & WarningListener,
): Promise<number> {
  const checks = await door.open(input, where);
  try {
    for (const { message, where: at } of checks.facts.warnings) onWarning?.(message, at);
    await assertSound(checks, { variables, secrets });
    return checks.facts.checks.length;
  } finally {
    checks.close();
  }
}

/** Throws what is wrong whatever the secrets are that have no value. */
async function assertSound(checks: Opened, { variables, secrets }: Values): Promise<void> {
  const known = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ''));
  const unknown = checks.facts.secrets.filter((name) => !Object.hasOwn(known, name));
  let lasting: readonly string[] | undefined;
  for (const standIn of unknown.length === 0 ? [plain] : standIns) {
    const stand = Object.fromEntries(unknown.map((name) => [name, standIn(name)]));
    const wrong = await complaintsOf(() =>
      checks.assertBindable({ variables, secrets: { ...stand, ...known } }),
    );
    const before = lasting;
    lasting = before === undefined ? wrong : wrong.filter((one) => before.includes(one));
    if (lasting.length === 0) return;
  }
  throw invalidChecks((lasting ?? []).map((message) => ({ message })));
}

type Opened = Awaited<ReturnType<CheckPort['open']>>;

const plain = (name: string) => `<${name}>`;

/** A secret may be a token, a number, a host or an address: one of these fits wherever a good one would. */
const standIns: readonly ((name: string) => string)[] = [
  plain,
  () => 'https://stand-in.invalid/',
  () => 'postgres://stand-in@stand-in.invalid/stand-in?sslmode=verify-full',
  () => 'rediss://stand-in.invalid',
  () => 'stand-in.invalid',
  () => '200',
  () => '1s',
];

/** What `work` finds wrong with the checks, a line each with its place. */
async function complaintsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (!(error instanceof ActionFailure) || error.code !== 'checks-invalid') throw error;
    return error.details ?? [error.message];
  }
}

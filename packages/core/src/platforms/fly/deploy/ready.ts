import { ActionFailure } from '../../../outcome/failure.ts';
import type { OpenFly } from '../open.ts';

/** What a deploy asks of the app before anything is changed. */
export interface FlyNeeds {
  readonly requiredSecrets: readonly string[];
  /** The secrets this deploy sets itself. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly private: boolean;
}

/** Failures: `secret-missing`, `public-address`. */
export async function assertReady(fly: OpenFly, needs: FlyNeeds): Promise<void> {
  await Promise.all([assertSecrets(fly, needs), needs.private ? assertPrivate(fly) : undefined]);
}

async function assertSecrets(
  { api, target }: OpenFly,
  { requiredSecrets, secrets }: FlyNeeds,
): Promise<void> {
  const wanted = requiredSecrets.filter((name) => secrets[name] === undefined);
  if (wanted.length === 0) return;
  const there = new Set((await api.secrets(target.name)).map(({ name }) => name));
  const missing = wanted.filter((name) => !there.has(name));
  if (missing.length === 0) return;
  const pairs = missing.map((name) => `${name}=…`).join(' ');
  throw new ActionFailure({
    code: 'secret-missing',
    what: `${target.name} has no ${missing.length === 1 ? 'secret' : 'secrets'} ${missing.join(', ')}`,
    why: '`required-secrets` says that it cannot run without',
    next: `Run \`fly secrets set --stage ${pairs} --app ${target.name}\`, or set it by \`secrets\` of this step.`,
  });
}

async function assertPrivate({ api, target }: OpenFly): Promise<void> {
  const open = (await api.addresses(target.name)).filter((address) => !isPrivate(address));
  if (open.length === 0) return;
  throw new ActionFailure({
    code: 'public-address',
    what: `${target.name} has the public ${open.length === 1 ? 'address' : 'addresses'} ${open.join(', ')}`,
    why: '`private: true` says that the internet must not reach it',
    next: `Run \`fly ips release ${open.join(' ')} --app ${target.name}\`, or set \`private: false\`.`,
  });
}

/** Fly's private network lies in fd00::/8, where no address is routed from outside. */
function isPrivate(address: string): boolean {
  return /^fd[0-9a-f]{2}:/i.test(address);
}

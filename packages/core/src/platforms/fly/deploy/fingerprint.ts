import { type Contents, type Fingerprint, fingerprintOf } from '../../../ledger/fingerprint.ts';
import type { FlySource } from '../adapter.ts';
import type { OpenFly } from '../open.ts';
import { argumentContents, configContents } from './config-contents.ts';

export interface Sealing {
  /** Of the secrets that are set with it; undefined where none are. */
  readonly secretsMark: string | undefined;
  /** Fly's token: the key of the fingerprints, as of the secrets'. */
  readonly token: string;
}

/** The fingerprint of everything that would be shipped, as flyctl will resolve it: inputs win over the configuration. */
export async function flyFingerprint(
  { cwd }: Pick<OpenFly, 'cwd'>,
  source: FlySource,
  { secretsMark, token }: Sealing,
): Promise<Fingerprint> {
  const own = await Promise.all(Object.values(contents).map((held) => held(source, cwd)));
  const secrets = secretsMark === undefined ? {} : { secrets: secretsMark };
  return fingerprintOf(Object.assign({}, ...own, secrets), token);
}

type Held = (source: FlySource, cwd: string) => Contents | Promise<Contents>;

/**
 * What each part of a source ships; the later wins. Keyed by them all, so that none is added without an answer. How it
 * is rolled out, waited for and tagged changes nothing of what runs then.
 */
const contents: Readonly<Record<keyof Required<FlySource>, Held>> = {
  config: ({ config }, cwd) =>
    config === undefined ? { config: 'the live release’s own' } : configContents(config, cwd),
  image: ({ image }) => given('image', image?.split('@').at(-1)),
  machines: ({ machines: { env = {}, primaryRegion, ha, size = {}, private: isPrivate } = {} }) => ({
    ...Object.fromEntries(Object.entries(env).map(([name, value]) => [`env.${name}`, value])),
    ...given('primary-region', primaryRegion),
    ...given('ha', ha),
    ...given('private', isPrivate),
    ...given('vm-size', size.preset),
    ...given('vm-memory', size.memoryMb),
    ...given('vm-cpus', size.cpus),
    ...given('vm-cpu-kind', size.cpuKind),
  }),
  buildArgs: ({ buildArgs }) => given('build-args', buildArgs.length === 0 ? undefined : buildArgs),
  build: ({ build = {} }) => given('build', Object.keys(build).length === 0 ? undefined : build),
  extra: async ({ extra }, cwd) =>
    given('args', extra.length === 0 ? undefined : await argumentContents(extra, cwd)),
  imageLabel: () => ({}),
  strategy: () => ({}),
  maxUnavailable: () => ({}),
  waitTimeoutMs: () => ({}),
};

function given(name: string, value: unknown): Contents {
  return value === undefined ? {} : { [name]: value };
}

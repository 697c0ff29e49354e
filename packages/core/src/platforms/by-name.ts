import { ActionFailure } from '../outcome/failure.ts';
import type { Runner } from '../runner/runner.ts';

/** Platforms by name, each loaded when it is asked for. */
type Registry<Name extends string, Module> = Readonly<
  Record<Name, () => Promise<{ readonly platform: Module }>>
>;

const nameState = 'platform';

/** The doors to the platforms of a registry; `isNamed` says which of them inputs name a target on. */
export function platformsOf<Name extends string, Module, Given>(
  modules: Registry<Name, Module>,
  isNamed: Readonly<Record<Name, (given: Given) => boolean>>,
) {
  const isName = (name: string): name is Name => Object.hasOwn(modules, name);
  const load = async (name: Name | undefined) =>
    name === undefined ? undefined : (await modules[name]()).platform;

  /** One step is about one target. Failure: `input-invalid`. */
  function nameIn(given: Given): Name | undefined {
    const named = Object.keys(modules)
      .filter(isName)
      .filter((one) => isNamed[one](given));
    if (named.length < 2) return named[0];
    throw new ActionFailure({
      code: 'input-invalid',
      what: `The inputs name a target on each of ${named.join(', ')}.`,
      why: 'one step is about one target',
      next: 'Keep the inputs of one platform, and give the others a step of their own.',
    });
  }

  /** The platform that inputs name a target on; undefined where they name none. */
  const namedPlatform = async (given: Given) => load(nameIn(given));

  /**
   * The same for an action whose rules have seen to it that there is one. `main`: told in main alone, where `post` is to
   * know of it.
   */
  async function platformOf(given: Given, main?: Pick<Runner, 'saveState'>) {
    const name = nameIn(given);
    if (name !== undefined) main?.saveState(nameState, name);
    const platform = await load(name);
    if (platform === undefined)
      throw new Error('The inputs name no platform, and their rules let that pass.');
    return platform;
  }

  /** In `post`: the platform that main had named; undefined where it came to none. */
  const platformOfMain = (runner: Pick<Runner, 'state'>) => {
    const kept = runner.state(nameState);
    return load(isName(kept) ? kept : undefined);
  };

  return { namedPlatform, platformOf, platformOfMain };
}

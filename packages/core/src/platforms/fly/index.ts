import type { PlatformModule } from '../../deployment/platform-module.ts';
import { platform as checks, type FlyGiven } from './answers.ts';
import { flyLook } from './api/look.ts';
import { flyTarget } from './api/target.ts';
import { askFly } from './ask.ts';
import { closeFlyctl, endFlyctl, removeAtExit } from './flyctl/private-folder.ts';
import type { FlyInputs } from './open.ts';

/** Those that open it, too. */
export type FlyOpening = FlyGiven & Omit<FlyInputs, 'flyApp' | 'flyToken'>;

function named<G extends FlyGiven>(given: G): G & Pick<FlyInputs, 'flyApp' | 'flyToken'> {
  const { flyApp = '', flyToken = '' } = given;
  return { ...given, flyApp, flyToken };
}

/** Fly, for whoever knows platforms by the registry alone. */
export const platform: PlatformModule<FlyGiven, FlyOpening> = {
  ...checks,
  target: (given) => flyTarget(named(given).flyApp),
  open: async (ports, given) => {
    const inputs = named(given);
    // Under way while the rest is loaded.
    const asked = askFly(ports, inputs);
    const { openFly } = await import('./open.ts');
    return openFly(ports, inputs, { asked });
  },
  look: (ports, given) => flyLook(ports, named(given)),
  tools: { removeAtExit: (ports) => removeAtExit(ports), endLeftBehind: endFlyctl, close: closeFlyctl },
};

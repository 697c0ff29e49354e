import type { Live, Platform, Release, Target } from '../platforms/platform.ts';
import { chooseTarget, type ChosenTarget, type WantedTarget } from '../rollout/choose-target.ts';
import type { LastVerified } from '../rollout/ports.ts';
import type { History } from './history.ts';

import type { Live, Platform, Release, Target } from '../platforms/platform.ts';
import { type ChosenTarget, chooseTarget, type WantedTarget } from '../rollout/choose-target.ts';
import type { LastVerified } from '../rollout/ports.ts';
import type { History } from './history.ts';

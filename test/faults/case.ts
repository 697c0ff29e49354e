import type { FaultRule } from '#local-cloud';
import type { RailwaySwitches } from '../../packages/local-cloud/src/railway/switches.ts';
import type { Incident } from './looks.ts';
import type { Observed } from './observed.ts';
import type { Story } from './story.ts';

/** One thing that goes wrong in one story. */
export interface Case {
  readonly story: Story;
  /** `flyctl flaps.lease.create #2`. */
  readonly request: string;
  readonly kind: string;
  readonly service: string;
  readonly rules: readonly FaultRule[];
  /** What comes between its calls. */
  readonly incident?: Incident;
  /** How Railway behaves in it. */
  readonly switches?: Partial<RailwaySwitches>;
  /** The story's own ending is the only right one. */
  readonly decidesNothing: boolean;
  readonly mutation: boolean;
  /** From this request on everything of the kind fails. */
  readonly lasting: boolean;
  readonly waits: boolean;
}

export type Trouble = Pick<Case, 'rules' | 'incident' | 'switches'>;

/** Opened when a run is about to begin. */
export interface Watch {
  /** What the cloud itself says once the run has ended. */
  whatIsTrue(trouble: Trouble): Promise<Observed>;
}

import type { LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import type { Machine } from '../histories/fleet.ts';
import type { Made } from '../histories/numbered-world.ts';
import type { Run } from '../histories/run-ports.ts';
import type { Asked } from './late-github.ts';
import type { ClientRun, Switch } from './race-world.ts';
import type { RaceRunScript, RaceScript } from './script.ts';
import type { TurnAsked } from './turn-door.ts';

// What is known of a schedule once it has been played, whoever played it: a model of the platform, or the bundles.

/** What a run said of its end. */
export interface Word {
  readonly outcome: string;
  readonly reason: string;
  readonly serving: string;
  /** Id of the release it was about. */
  readonly release: string | undefined;
}

/** One run of a schedule as it went. Times in milliseconds of the schedule's clock. */
export interface Raced {
  readonly run: Run;
  readonly script: RaceRunScript;
  readonly startedAt: number;
  /** When it said how it ended, by its main part; undefined where its runner was gone. */
  readonly saidAt: number | undefined;
  /** Undefined where it was refused before anything was recorded, or gone. */
  readonly said: Word | undefined;
  /** When nothing more of it could happen: it had ended, `post` too, or was gone. */
  readonly endedAt: number;
  readonly isGone: boolean;
  /** What was there as it said its word. */
  readonly machinesThen: readonly Pick<Machine, 'version'>[];
  /** What it saw last, and when. */
  readonly machinesSeen: readonly Pick<Machine, 'version'>[] | undefined;
  readonly lookedAt: number;
  /** Whose turn it was, as often as it asked; empty where that cannot be seen from outside. */
  readonly turns: readonly TurnAsked[];
  /** Ids of records whose runs it found to be over. */
  readonly over: ReadonlySet<string>;
  /** What a process wrote: for a reader of a broken promise. */
  readonly log?: string;
}

/** The truth of the app, from the beginning to the end. */
export interface RaceTruth {
  readonly switches: readonly Switch[];
  readonly clients: readonly ClientRun[];
  /** What happened, one line each. */
  readonly story: readonly string[];
  get(version: number): Pick<Made, 'version' | 'maker' | 'copyOf' | 'build'>;
}

export interface PlayedRace {
  readonly script: Pick<RaceScript, 'machines' | 'stranger'>;
  readonly world: RaceTruth;
  /** What the runs asked GitHub for. */
  readonly asked: readonly Asked[];
  readonly runs: readonly Raced[];
  /** All records as they really are, oldest first. */
  readonly records: readonly LedgerRecord[];
  /** The version that served at first, on every machine. */
  readonly first: number;
  readonly machines: readonly string[];
  /** Milliseconds since the epoch at the clock's beginning. */
  readonly epoch: number;
}

/** The release a version first was, whoever brought it back. */
export function originOf(world: RaceTruth, version: number): number {
  const { copyOf } = world.get(version);
  return copyOf === undefined ? version : originOf(world, copyOf);
}

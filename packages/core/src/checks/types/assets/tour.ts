import type { ExchangeRequest } from '../../exchange/message.ts';
import type { FollowRules } from '../../exchange/redirects.ts';
import type { AttemptContext, Finding } from '../check-type.ts';
import type { Asset, AssetList } from './asset-list.ts';
import type { Fault } from './lacking.ts';
import type { ModuleNames } from './module-names.ts';

/** What is asked, and how far a visit goes. */
export interface Visit {
  readonly page: ExchangeRequest;
  readonly rules: FollowRules;
  readonly origins: readonly string[];
  readonly limit: number;
  readonly css: boolean;
  readonly head: boolean;
}

/** What a visit found. */
export interface VisitResult {
  readonly fetched: readonly Received[];
  readonly findings: readonly Finding[];
  readonly warnings: readonly string[];
  /** What was not there, for a later look. */
  readonly lacking: readonly string[];
  readonly notes: readonly string[];
  /** Milliseconds, not rounded. */
  readonly durationMs: number;
}

/** One visit under way. */
export interface Tour extends Visit {
  readonly context: AttemptContext;
  /** Where the page came from, after redirects. */
  readonly from: URL;
  readonly list: AssetList;
  readonly names: ModuleNames;
  /** By asset: one that turns out to be something else is asked for again. */
  readonly received: Map<Asset, Received>;
  readonly faults: Map<Asset, readonly Fault[]>;
  /** What is wrong with the page itself. */
  readonly pageFaults: Fault[];
  readonly late: Asset[];
  /** On the monotonic clock. */
  readonly deadline: number;
}

/** One asset that came. */
export interface Received {
  readonly asset: Asset;
  /** Decoded bytes, or what `content-length` says where only headers were asked for. */
  readonly size: number;
  readonly cacheControl: string | undefined;
}

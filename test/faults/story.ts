import { demo, type FaultRule } from '#local-cloud';
import type { RailwayScene } from './railway/scenes.ts';
import type { Scene } from './scenes.ts';

/** Nothing in a story may take longer; a case that waits for a limit is paid in these. */
export const limits = { timeoutMs: 15_000, restoreTimeoutMs: 12_000 } as const;

/** Looked for wherever the action writes. */
export const secrets = [
  demo.fly.token,
  demo.railway.token,
  demo.github.token,
  'demo-check-secret',
  'demo-app-secret',
] as const;

/** What `/version.json` answers when the old or the new release serves. */
export interface Roles {
  readonly old: string;
  readonly new: string;
}

interface AnyStory {
  readonly name: string;
  /** What goes wrong in it anyway. */
  readonly given?: readonly FaultRule[];
  /** `all` requests, the calls of routes that no story before it makes, or `none`: it is played as it is. */
  readonly faults: 'all' | 'news' | 'none';
  readonly action: 'fly-deploy' | 'railway-up' | 'rollback';
  readonly sha: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly roles: Roles;
  /** The longest it may take by its own inputs. */
  readonly allowedMs: number;
  /** How it ends when nothing goes wrong. */
  readonly ending: string;
}

export interface FlyStory extends AnyStory {
  readonly platform: 'fly';
  readonly scene: Scene;
  /** Whether lies are told, and others come between, at each of its looks at the machines. */
  readonly looks?: true;
}

export interface RailwayStory extends AnyStory {
  readonly platform: 'railway';
  readonly scene: RailwayScene;
}

export type Story = FlyStory | RailwayStory;

/** Of the page that every good release has. */
const checks = `
secrets: [SHOP_KEY]
checks:
  - name: home
    http: { url: /, headers: { x-shop-key: "\${SHOP_KEY}" } }
    timeout: 2s
    retry: { attempts: 3, interval: 300ms }
    expect: { status: 200, body: { contains: Shop } }
`;

/** What every story gives, whatever the platform. */
export const commonInputs = {
  checks,
  'check-secrets': 'SHOP_KEY=demo-check-secret',
  timeout: `${limits.timeoutMs / 1000}s`,
};

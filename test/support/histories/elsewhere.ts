import type { Intent } from '../../../packages/core/src/ledger/record.ts';
import type { MemoryLedger } from '../model-platforms/memory-ledger.ts';
import { type Build, digest } from './build.ts';
import { deployElsewhere } from './client.ts';
import type { Made, NumberedWorld } from './numbered-world.ts';
import { pinned } from './numbered-world.ts';
import type { RunProcess } from './run-process.ts';
import type { Elsewhere, RolloutScript } from './script.ts';

type How = Elsewhere['how'];

/** What other runs and people do to the same app, in the middle of somebody's rollout. */
export class Elsewheres {
  readonly #world: NumberedWorld;
  readonly #builds: readonly Build[];
  #runs = 0;

  constructor(world: NumberedWorld, builds: readonly Build[]) {
    this.#world = world;
    this.#builds = builds;
  }

  /** The release there was before the history begins. */
  async first(order: Pick<Made, 'build' | 'imageRef'>, how: How, ledger: MemoryLedger): Promise<void> {
    const made = this.#world.make({ ...order, maker: 'the first run' });
    made.status = 'complete';
    await record(made, how, { ledger, run: 'first', previous: null });
  }

  async at(call: number, process: RunProcess, ledger: MemoryLedger): Promise<void> {
    for (const one of process.script.elsewhere.filter(({ at }) => at === call))
      await this.#act(one, process, ledger);
  }

  async beforePost({ elsewhere }: RolloutScript, process: RunProcess, ledger: MemoryLedger): Promise<void> {
    for (const one of elsewhere.filter(({ at }) => at === 'before-post'))
      await this.#act(one, process, ledger);
  }

  async #act({ does, how, share }: Elsewhere, process: RunProcess, ledger: MemoryLedger): Promise<void> {
    this.#runs += 1;
    const maker = `other ${this.#runs}`;
    const { serving, made } = this.#world;
    const old =
      'bringsBack' in does ? this.#world.get(Math.max(1, made.length - does.bringsBack)) : undefined;
    const build = old?.build ?? this.#builds['ships' in does ? does.ships : 0];
    if (build === undefined) return;
    // What nobody recorded, and might be this run's by its image, nobody could tell from it.
    const isConfusable = process.images.has(build.image);
    const told = how === 'unrecorded' && isConfusable ? 'pending' : how;
    const verdict = told === 'verified' && (build.quality !== 'good' || share === 'half') ? 'failed' : told;
    const order = { maker, build, imageRef: pinned(build.image) };
    const copy = old === undefined ? order : { ...order, copyOf: old.copyOf ?? old.version };
    const own = deployElsewhere(this.#world, copy, { share, isWhole: verdict === 'verified' });
    this.#world.tell(`  ${maker}: ${verdict}`);
    const previous = serving.length === 1 ? `v${serving[0]}` : null;
    await record(own, verdict, { ledger, run: maker, previous });
  }
}

async function record(
  { version, copyOf, build }: Made,
  how: How,
  {
    ledger,
    run,
    previous,
  }: { readonly ledger: MemoryLedger; readonly run: string; readonly previous: string | null },
): Promise<void> {
  if (how === 'unrecorded') return;
  const release = `v${version}`;
  const kind = copyOf === undefined ? 'deploy' : 'rollback';
  const back = copyOf === undefined ? {} : { restores: `v${copyOf}`, replaces: previous };
  const own = await ledger.open(kind, { ...intent, ...back, commit: build.commit, previous, run });
  const artifact = digest(build.image);
  if (kind === 'deploy') await own.add({ kind: 'shipped', release, label: release, artifact }, 'in_progress');
  await own.add({ kind: 'activated', release }, 'in_progress');
  if (how === 'verified') await own.add({ kind: 'verdict', verdict: 'pass' }, 'success');
  if (how === 'failed') await own.add({ kind: 'verdict', verdict: 'fail' }, 'failure');
}

const intent: Intent = {
  schema: 1,
  platform: 'fly',
  target: 'fly:shop',
  service: 'shop',
  environment: 'production',
  commit: null,
  previous: null,
  restores: null,
  replaces: null,
  barrier: false,
  actor: 'bob',
  trigger: 'push',
  reason: '',
  run: '',
  attempt: 1,
};

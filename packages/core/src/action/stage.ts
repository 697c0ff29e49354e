import type { MainEnd } from '../report/post-report.ts';
import type { Runner } from '../runner/runner.ts';
import type { ActionResult } from './action.ts';

/**
 * Whether this process is an action's `main` or its `post`: the file `post.js` beside each bundle says so before it loads
 * the bundle. Never told by what main has saved: a main that was cut before it saved anything would be run again.
 */
export function isPost(): boolean {
  return Reflect.get(globalThis, Symbol.for('belay.stage')) === 'post';
}

const name = 'main';

/** Kept for `post`, as main's first act. */
export function mainBegins(runner: Runner): void {
  runner.saveState(name, 'begun');
}

/** Kept for `post`, once main has told how it ended. */
export function mainEnds(runner: Runner, { outcome }: Pick<ActionResult, 'outcome'>): void {
  runner.saveState(name, outcome === 'cancelled' ? 'cancelled' : 'told');
}

export function mainEnd(runner: Runner): MainEnd {
  switch (runner.state(name)) {
    case 'cancelled':
      return 'cancelled';
    case 'told':
      return 'told';
    case '':
      return 'unbegun';
    default:
      return 'killed';
  }
}

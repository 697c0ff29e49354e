import type { Runner } from '../../runner/runner.ts';

/**
 * The runner for one of several targets that one step works on at once: its lines begin with the target's name, and what
 * it keeps for `post` is its own. Sections do not fold here, since the lines of all of them come between one another.
 */
export function scopedRunner(runner: Runner, name: string): Runner {
  const said = (text: string) =>
    text
      .split('\n')
      .map((line) => `${name} | ${line}`)
      .join('\n');
  const key = (state: string) => `${state}.${name}`;
  return {
    ...runner,
    debug: (message) => runner.debug(said(message)),
    info: (message) => runner.info(said(message)),
    notice: (message, place) => runner.notice(`${name}: ${message}`, place),
    warning: (message, place) => runner.warning(`${name}: ${message}`, place),
    error: (message, place) => runner.error(`${name}: ${message}`, place),
    group(title, work) {
      runner.info(said(title));
      return work();
    },
    saveState: (state, value) => runner.saveState(key(state), value),
    state: (state) => runner.state(key(state)),
  };
}

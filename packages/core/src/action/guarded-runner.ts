import { redactData } from '../io/redact-data.ts';
import type { Redactor } from '../io/redactor.ts';
import type { BareRunner, Place, Runner } from '../runner/runner.ts';

/** The runner with everything it writes masked first: the log, annotations, the summary, outputs and the state for `post`. */
export function guardedRunner(runner: BareRunner, secrets: Redactor): Runner {
  const redact = (text: string) => secrets.redact(text);
  const say = (level: 'notice' | 'warning' | 'error') => (message: string, place?: Place) =>
    runner[level](redact(message), place && redactPlace(place, redact));
  return {
    ...runner,
    redact,
    mask(secret) {
      secrets.add(secret);
      runner.mask(secret);
    },
    debug: (message) => runner.debug(redact(message)),
    info: (message) => runner.info(redact(message)),
    notice: say('notice'),
    warning: say('warning'),
    error: say('error'),
    group: (title, work) => runner.group(redact(title), work),
    output: (name, value) => runner.output(name, redactData(value, redact)),
    summary: (markdown) => runner.summary(redact(markdown)),
    saveState: (name, value) => runner.saveState(name, redactData(value, redact)),
  };
}

function redactPlace(place: Place, redact: (text: string) => string): Place {
  const { title, file } = place;
  return {
    ...place,
    ...(title === undefined ? {} : { title: redact(title) }),
    ...(file === undefined ? {} : { file: redact(file) }),
  };
}

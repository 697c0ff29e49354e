import type { Annotation, AnnotationLevel, Place } from './annotation.ts';
import type { LogLine } from './job-result.ts';
import type { SecretMasker } from './secret-masker.ts';

const annotationsPerLevel = 10;
const longestMessage = 4096;

/** One step's log and annotations, masked when they are written. */
export class StepLog {
  readonly lines: LogLine[] = [];
  readonly annotations: Annotation[] = [];
  readonly #masker: SecretMasker;
  readonly #showsDebug: boolean;

  constructor(masker: SecretMasker, showsDebug: boolean) {
    this.#masker = masker;
    this.#showsDebug = showsDebug;
  }

  write(line: string, stream: LogLine['stream'] = 'runner'): void {
    this.lines.push({ stream, line: this.#masker.mask(line) });
  }

  debug(message: string, stream: LogLine['stream'] = 'runner'): void {
    if (this.#showsDebug) this.write(`##[debug]${message}`, stream);
  }

  error(message: string): void {
    this.annotate('error', message);
  }

  warning(message: string): void {
    this.annotate('warning', message);
  }

  /** Beyond ten of a level the line still shows in the log, and no annotation is kept. */
  annotate(
    level: AnnotationLevel,
    message: string,
    { place = {}, stream = 'runner' }: { place?: Place; stream?: LogLine['stream'] } = {},
  ): void {
    const shown = this.#masker.mask(message).slice(0, longestMessage);
    this.lines.push({ stream, line: `##[${level}]${shown}` });
    const earlier = this.annotations.filter((annotation) => annotation.level === level).length;
    if (earlier < annotationsPerLevel)
      this.annotations.push({ level, message: shown, ...this.#masked(place) });
  }

  #masked(place: Place): Place {
    const { title, file } = place;
    return {
      ...place,
      ...(title === undefined ? {} : { title: this.#masker.mask(title) }),
      ...(file === undefined ? {} : { file: this.#masker.mask(file) }),
    };
  }
}

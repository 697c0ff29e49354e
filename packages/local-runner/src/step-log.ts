import type { Annotation, AnnotationLevel, Place } from './annotation.ts';
import type { LogLine } from './job-result.ts';
import type { JobSpec } from './job-spec.ts';
import type { SecretMasker } from './secret-masker.ts';

const annotationsPerLevel = 10;
const longestMessage = 4096;

/** Who reads the log: whether debug lines are wanted, and each line as it comes. */
type LogReader = Pick<JobSpec, 'debug' | 'onLine'>;

/** One step's log and annotations, masked when they are written. */
export class StepLog {
  readonly lines: LogLine[] = [];
  readonly annotations: Annotation[] = [];
  readonly #masker: SecretMasker;
  readonly #reader: LogReader;

  constructor(masker: SecretMasker, reader: LogReader) {
    this.#masker = masker;
    this.#reader = reader;
  }

  write(line: string, stream: LogLine['stream'] = 'runner'): void {
    this.#append({ stream, line: this.#masker.mask(line) });
  }

  debug(message: string, stream: LogLine['stream'] = 'runner'): void {
    if (this.#reader.debug === true) this.write(`##[debug]${message}`, stream);
  }

  error(message: string): void {
    this.annotate('error', message);
  }

  /** Something was thrown: its message is all a step's log shows of it. */
  caught(error: unknown): void {
    this.error(error instanceof Error ? error.message : String(error));
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
    this.#append({ stream, line: `##[${level}]${shown}` });
    const earlier = this.annotations.filter((annotation) => annotation.level === level).length;
    if (earlier < annotationsPerLevel)
      this.annotations.push({ level, message: shown, ...this.#masked(place) });
  }

  #append(line: LogLine): void {
    this.lines.push(line);
    this.#reader.onLine?.(line);
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

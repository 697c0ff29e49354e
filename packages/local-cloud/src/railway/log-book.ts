import type { LogLine as ProcessLine } from '../apps/apps.ts';
import type { Deployment } from './deployment.ts';

/** A line as `Log` of the schema has it. */
export interface LogLine {
  /** RFC 3339 with nine digits: the railway CLI drops a line whose text of time is not above the one before. */
  readonly timestamp: string;
  readonly message: string;
  readonly severity: string;
  readonly attributes: readonly { readonly key: string; readonly value: string }[];
  readonly kind: 'build' | 'deploy';
  readonly deployment: Deployment;
  /** The replica that said it. */
  readonly replica?: string;
}

interface Written extends Pick<LogLine, 'kind' | 'message' | 'deployment'> {
  readonly severity?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly replica?: string;
  readonly at?: number;
}

/** The lines of an environment, in the order in which they came. */
export class LogBook {
  readonly #now: () => number;
  readonly #times: () => 'increasing' | 'equal';
  readonly #lines: LogLine[] = [];
  readonly #readers = new Set<(line: LogLine) => void>();
  #last = 0n;

  constructor(now: () => number, times: () => 'increasing' | 'equal') {
    this.#now = now;
    this.#times = times;
  }

  write({ attributes = {}, severity = 'info', at, ...line }: Written): void {
    const full: LogLine = {
      ...line,
      timestamp: this.#stamp(at ?? this.#now()),
      severity,
      attributes: Object.entries({ level: severity, ...attributes }).map(([key, value]) => ({ key, value })),
    };
    this.#lines.push(full);
    for (const read of this.#readers) read(full);
  }

  /** A line a process wrote; JSON is taken apart as Railway does (https://docs.railway.com/observability/logs). */
  writeProcess({ line, from, at }: ProcessLine, of: { deployment: Deployment; replica: string }): void {
    const severity = from === 'stderr' ? 'error' : 'info';
    const { message, level, ...attributes } = structured(line) ?? { message: line };
    this.write({
      kind: 'deploy',
      ...of,
      at,
      message: String(message),
      severity: level === undefined ? severity : String(level),
      attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, text(value)])),
    });
  }

  lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** Hears each line from now on; answers how to stop. */
  follow(read: (line: LogLine) => void): () => void {
    this.#readers.add(read);
    return () => this.#readers.delete(read);
  }

  #stamp(at: number): string {
    const second = BigInt(Math.floor(at / 1_000)) * 1_000_000_000n;
    if (this.#times() === 'equal') return stampOf(second);
    const now = BigInt(Math.floor(at)) * 1_000_000n;
    this.#last = now > this.#last ? now : this.#last + 1n;
    return stampOf(this.#last);
  }
}

function stampOf(nanoseconds: bigint): string {
  const seconds = new Date(Number(nanoseconds / 1_000_000_000n) * 1_000).toISOString().slice(0, 19);
  return `${seconds}.${String(nanoseconds % 1_000_000_000n).padStart(9, '0')}Z`;
}

function structured(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { message, msg, ...rest } = Object(JSON.parse(line));
    const said = message ?? msg;
    return said === undefined ? undefined : { ...rest, message: said };
  } catch {
    return undefined;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

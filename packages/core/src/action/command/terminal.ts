import type { Redactor } from '../../io/redactor.ts';
import type { Paint } from '../../report/paint.ts';
import { coloured, plain } from '../../report/paint.ts';

/** Where a command writes. Secrets are masked on the way. */
export interface Terminal {
  /** For standard output. */
  readonly paint: Paint;
  /** What was asked for, to standard output. */
  out(text: string): void;
  /** What a person may want to know meanwhile, to standard error. */
  err(text: string, paint?: Parameters<Paint>[0]): void;
  /** One line at the bottom that the next overwrites; `''` takes it away. Nothing where lines cannot be overwritten. */
  status(line: string): void;
  /** True when `status` shows anything. */
  readonly live: boolean;
}

export interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export function openTerminal(
  { stdout, stderr }: Streams,
  env: Readonly<Record<string, string | undefined>>,
  secrets: Redactor,
): Terminal {
  const live = stderr.isTTY === true && env.TERM !== 'dumb';
  const aside = paintFor(stderr, env);
  let shown = false;
  const clear = () => {
    if (shown) stderr.write('\r\u001b[K');
    shown = false;
  };
  return {
    live,
    paint: paintFor(stdout, env),
    out(text) {
      clear();
      stdout.write(`${secrets.redact(text)}\n`);
    },
    err(text, style) {
      clear();
      const masked = secrets.redact(text);
      stderr.write(`${style === undefined ? masked : aside(style, masked)}\n`);
    },
    status(line) {
      if (!live) return;
      clear();
      if (line === '') return;
      stderr.write(aside('dim', cut(secrets.redact(line), (stderr.columns ?? 80) - 1)));
      shown = true;
    },
  };
}

/** Colour for people only: not in a pipe, and not where NO_COLOR asks for none. FORCE_COLOR outranks the pipe. */
function paintFor(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>): Paint {
  if (env.NO_COLOR) return plain;
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return coloured;
  return stream.isTTY === true && env.TERM !== 'dumb' ? coloured : plain;
}

function cut(line: string, width: number): string {
  const characters = [...line];
  return characters.length <= width ? line : `${characters.slice(0, width - 1).join('')}…`;
}

const { stdout, stderr } = process;

export function out(line: string): void {
  stdout.write(`${line}\n`);
}

export function err(line: string): void {
  stderr.write(`${line}\n`);
}

/** flyctl's own log lines: on stdout, coloured even with NO_COLOR, with an empty line after them. */
export function info(text: string): void {
  stdout.write(`\x1b[2mINFO\x1b[0m ${text}\n\n`);
}

export function warn(text: string): void {
  stdout.write(`\x1b[33mWARN\x1b[0m ${text}\n\n`);
}

export function printJson(value: unknown): void {
  out(JSON.stringify(value, null, 4));
}

/** One of the lines on which flyctl shows how the parts of a deploy stand: a mark, `[1/2]` where there are more, a text. */
export class StatusLine {
  readonly #step: string;
  #mark = '>';

  constructor(index = 0, total = 1) {
    this.#step = total > 1 ? `[${index + 1}/${total}] ` : '';
  }

  say(text: string): void {
    out(`${this.#mark} ${this.#step}${text}`);
  }

  succeed(text: string): void {
    this.#mark = '✔';
    this.say(text);
  }

  fail(text: string): void {
    this.#mark = '✖';
    this.say(text);
  }
}

/**
 * Cuts a stream into lines as .NET's reader does: `\n`, `\r\n`, and a lone `\r` too. So a progress bar's
 * carriage return starts a new line, and a command printed after one is a command.
 */
export class LineSplitter {
  #rest = '';
  readonly #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: string): void {
    const text = this.#rest + chunk;
    // a `\r` at the very end may be half of a `\r\n` that was cut between two chunks
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line);
  }

  end(): void {
    const last = this.#rest.replace(/\r$/, '');
    const unfinished = this.#rest !== '';
    this.#rest = '';
    if (unfinished) this.#onLine(last);
  }
}

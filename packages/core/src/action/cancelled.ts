/** The reason of `ports.signal` when the job is cancelled: whoever waits on the signal rejects with it. */
export class Cancelled extends Error {
  /** `SIGINT`, `SIGTERM`, `SIGHUP` or `SIGBREAK`: what the runner, or its terminal, sent. */
  readonly by: string;

  constructor(by: string) {
    super(`The job was cancelled (${by}).`);
    this.name = 'Cancelled';
    this.by = by;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a module in `catalog/` exports. It writes to stdout and stderr and ends like any process. */
export interface Program {
  /** The commands it has beside those of every image: see `common-commands.mjs`. */
  readonly commands?: readonly string[];
  /** Without a command it serves on 127.0.0.1:LOOPBACK_PORT, and takes itself to listen on PORT. */
  run(command: readonly string[], env: Environment): void;
}

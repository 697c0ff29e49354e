import { placeOf } from './annotation-place.ts';
import type { LogLine } from './job-result.ts';
import type { SecretMasker } from './secret-masker.ts';
import type { StepLog } from './step-log.ts';
import { parseCommand, type WorkflowCommand } from './workflow-command.ts';

/** What a command may change besides the log. */
export interface CommandEffects {
  readonly log: StepLog;
  readonly masker: SecretMasker;
  readonly workspace: string;
  setOutput(name: string, value: string): void;
  saveState(name: string, value: string): void;
}

type Stream = LogLine['stream'];
type Handler = (command: WorkflowCommand, stream: Stream) => void;

/** Reads one stage's output line by line: carries out what is a command and logs what is text. */
export class CommandInterpreter {
  readonly #effects: CommandEffects;
  readonly #handlers: Readonly<Record<string, Handler>>;
  /** While set, nothing but `::token::` is a command. */
  #stopToken: string | undefined;
  #echoes = false;
  #failed = false;

  constructor(effects: CommandEffects) {
    this.#effects = effects;
    this.#handlers = {
      ...this.#annotationHandlers(),
      ...this.#retiredHandlers(),
      debug: (command, stream) => effects.log.debug(command.data, stream),
      group: (command, stream) => effects.log.write(`##[group]${command.data}`, stream),
      endgroup: (_, stream) => effects.log.write('##[endgroup]', stream),
      'add-mask': (command, stream) => this.#addMask(command, stream),
      echo: (command) => this.#setEcho(command.data),
      // matchers turn foreign log formats into annotations; nothing we run relies on one
      'add-matcher': () => undefined,
      'remove-matcher': () => undefined,
      'stop-commands': (command, stream) => this.#stop(command.data, stream),
    };
  }

  /** Whether a command was refused in a way that fails the step. */
  get failed(): boolean {
    return this.#failed;
  }

  accept(line: string, stream: Stream): void {
    const { log } = this.#effects;
    const command = parseCommand(line, (name) => this.#knows(name));
    if (command === undefined) {
      log.write(line, stream);
      return;
    }
    if (this.#stopToken !== undefined) {
      log.write(line, stream);
      if (command.name === this.#stopToken.toLowerCase()) this.#stopToken = undefined;
      return;
    }
    if (this.#echoes && !silent.has(command.name)) log.write(line, stream);
    try {
      this.#handlers[command.name]?.(command, stream);
    } catch (error) {
      this.#refuse(command, line, error);
    }
  }

  #knows(name: string): boolean {
    const lower = name.toLowerCase();
    return Object.hasOwn(this.#handlers, lower) || lower === this.#stopToken?.toLowerCase();
  }

  #refuse(command: WorkflowCommand, line: string, error: unknown): void {
    const shown = silent.has(command.name) ? command.name : line;
    this.#effects.log.error(`Unable to process command '${shown}' successfully.`);
    this.#effects.log.caught(error);
    this.#failed = true;
  }

  #annotationHandlers(): Record<string, Handler> {
    const { log, workspace } = this.#effects;
    const annotate =
      (level: 'error' | 'warning' | 'notice'): Handler =>
      (command, stream) =>
        log.annotate(level, command.data, { place: placeOf(command, workspace), stream });
    return { error: annotate('error'), warning: annotate('warning'), notice: annotate('notice') };
  }

  #retiredHandlers(): Record<string, Handler> {
    const { log, setOutput, saveState } = this.#effects;
    return {
      'set-output': (command) => {
        log.warning(deprecated('set-output'));
        setOutput(nameIn(command), command.data);
      },
      'save-state': (command) => {
        log.warning(deprecated('save-state'));
        saveState(nameIn(command), command.data);
      },
      'set-env': () => refuseDisabled('set-env'),
      'add-path': () => refuseDisabled('add-path'),
    };
  }

  #addMask(command: WorkflowCommand, stream: Stream): void {
    const { log, masker } = this.#effects;
    if (!masker.add(command.data)) {
      log.warning("Can't add secret mask for empty string in ##[add-mask] command.");
    } else if (this.#echoes) {
      log.write('::add-mask::***', stream);
    }
  }

  #setEcho(value: string): void {
    const wanted = value.trim().toLowerCase();
    if (wanted !== 'on' && wanted !== 'off') {
      throw new Error(
        `Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${value}'.`,
      );
    }
    this.#echoes = wanted === 'on';
  }

  #stop(token: string, stream: Stream): void {
    if (token === '' || token === 'pause-logging' || this.#knows(token)) {
      throw new Error(
        "You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command.",
      );
    }
    // a token that a later line could repeat must not be readable in the log
    if (token.length > 6) this.#effects.masker.add(token);
    this.#stopToken = token;
    this.#effects.log.write(`::stop-commands::${token}`, stream);
  }
}

/** Commands that `echo: on` does not repeat: they show themselves, or must not be shown. */
const silent = new Set(['error', 'warning', 'notice', 'debug', 'add-mask', 'stop-commands']);

function nameIn(command: WorkflowCommand): string {
  const name = command.properties.get('name');
  if (name === undefined) throw new Error(`Required field 'name' is missing in ##[${command.name}] command.`);
  return name;
}

function deprecated(command: string): string {
  return `The \`${command}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.`;
}

function refuseDisabled(command: string): never {
  throw new Error(`The \`${command}\` command is disabled. Please upgrade to using Environment Files.`);
}

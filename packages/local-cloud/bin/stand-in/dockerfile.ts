/** What this stand-in understands of a Dockerfile: what an image is made from, what is baked in, and a step that fails. */
export interface Recipe {
  readonly base: string;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** `exit 1`: of a `RUN exit 1`. */
  readonly failing: string | undefined;
}

interface Build {
  readonly args: Readonly<Record<string, string>>;
  /** Ends with this stage; else with the last. */
  readonly target: string | undefined;
}

/** Reads FROM, ARG, ENV, LABEL and `RUN exit N`; passes over all else. Undefined where the stage is not there. */
export function readDockerfile(text: string, { args, target }: Build): Recipe | undefined {
  const stages = text.split(/^(?=FROM\s)/im).filter((part) => /^FROM\s/i.test(part));
  const preamble = text.slice(0, text.search(/^FROM\s/im));
  const named = new Map<string, Recipe>();
  let last: Recipe | undefined;
  for (const stage of stages) {
    const [, from = '', name = ''] = /^FROM\s+(\S+)(?:\s+AS\s+(\S+))?/i.exec(stage) ?? [];
    const base = fill(from, argumentsOf(preamble, args));
    last = stageOf(stage, { args, before: named.get(base) ?? emptyOn(base) });
    if (name !== '') named.set(name, last);
    if (target !== undefined && name === target) return last;
  }
  return target === undefined ? last : undefined;
}

function emptyOn(base: string): Recipe {
  return { base, env: {}, labels: {}, failing: undefined };
}

function stageOf(stage: string, { args, before }: { args: Build['args']; before: Recipe }): Recipe {
  const values = argumentsOf(stage, args);
  const { failing } = before;
  return {
    base: before.base,
    env: { ...before.env, ...pairs(stage, 'ENV', values) },
    labels: { ...before.labels, ...pairs(stage, 'LABEL', values) },
    failing: failing ?? /^RUN\s+(exit\s+[1-9]\d*)\s*$/im.exec(stage)?.[1],
  };
}

/** Declared by ARG, given by `--build-arg` or by its default. */
function argumentsOf(text: string, given: Build['args']): Record<string, string> {
  const declared = [...text.matchAll(/^ARG\s+(\w+)(?:=(\S+))?/gim)];
  return Object.fromEntries(declared.map(([, name = '', value = '']) => [name, given[name] ?? value]));
}

function pairs(text: string, instruction: string, values: Readonly<Record<string, string>>) {
  const lines = [...text.matchAll(new RegExp(`^${instruction}\\s+(.+)$`, 'gim'))];
  const found = lines.flatMap(([, line = '']) => [...line.matchAll(/([\w.-]+)=(?:"([^"]*)"|(\S+))/g)]);
  return Object.fromEntries(
    found.map(([, name = '', quoted, plain = '']) => [name, fill(quoted ?? plain, values)]),
  );
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{?(\w+)\}?/g, (_, name: string) => values[name] ?? '');
}

import { parse } from 'yaml';

/** What a README shows of one part of a manifest: the names most people need, and the others by subject. */
export interface Showing {
  readonly first: readonly string[];
  readonly folded: readonly Fold[];
}

export interface Fold {
  readonly subject: string;
  readonly names: readonly string[];
}

export interface Showings {
  readonly inputs: Showing;
  readonly outputs: Showing;
}

/** More than these nobody reads before the first deploy. */
const firstAtMost = 10;

/** What an action has, as its manifest says. */
export type Names = Readonly<Record<keyof Showings, readonly string[]>>;

/** Reads an action's `docs.yml`. Fails, naming what is wrong, unless everything of the manifest stands in it once. */
export function readShowings(file: string, yaml: string, names: Names): Showings {
  const parts = Object(parse(yaml)) as Partial<Record<string, unknown>>;
  const read = (part: keyof Showings) => readShowing(`${file}: ${part}`, parts[part], names[part]);
  return { inputs: read('inputs'), outputs: read('outputs') };
}

function readShowing(where: string, value: unknown, names: readonly string[]): Showing {
  const { first, folded } = Object(value) as { first?: unknown; folded?: unknown };
  const showing = {
    first: words(`${where}: first`, first),
    folded: Object.entries(Object(folded ?? {})).map(([subject, listed]) => ({
      subject,
      names: words(`${where}: ${subject}`, listed),
    })),
  };
  const all = [...showing.first, ...showing.folded.flatMap((fold) => fold.names)];
  const wrong = [
    ...(showing.first.length > firstAtMost ? [`more than ${firstAtMost} stand first`] : []),
    ...all.filter((name) => !names.includes(name)).map((name) => `${name} is not in action.yml`),
    ...all.filter((name, at) => all.indexOf(name) !== at).map((name) => `${name} stands twice`),
    ...names.filter((name) => !all.includes(name)).map((name) => `${name} is missing`),
  ];
  if (wrong.length > 0) throw new Error(`${where}: ${wrong.join(', ')}`);
  return showing;
}

function words(where: string, value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new Error(`${where}: a list of names is missing`);
}

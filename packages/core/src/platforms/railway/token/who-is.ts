import { ActionFailure } from '../../../outcome/failure.ts';
import { lineOf } from '../../../text/cut.ts';
import { list, object, text } from '../../../text/decode.ts';
import { queries } from '../api/documents.ts';
import { RailwayFailure } from '../api/failures.ts';
import { type RailwayCredential, RailwayGraphql, type RailwayPorts } from '../api/graphql.ts';
import { isTokenRefused } from '../api/problem.ts';
import { named, onlyField } from '../api/wire.ts';
import { parseRailwayToken, type RailwayToken } from './token.ts';

/** For one question, milliseconds: there are three at most. */
const askMs = 20_000;

/**
 * The kind of a token, told by asking Railway with it: a project token answers whose it is; else it is sent as that of a
 * workspace or an account, and only an account knows who its owner is. Failures: `token-kind`, `token-rejected`, those
 * of the API.
 */
export async function whoIsRailwayToken(ports: RailwayPorts, raw: string): Promise<RailwayToken> {
  const value = parseRailwayToken(raw);
  const graphqlOf = (kind: RailwayCredential['kind']) => new RailwayGraphql(ports, { kind, value }, askMs);
  const refusals: RailwayFailure[] = [];
  for (const ask of [
    () => projectToken(graphqlOf('project'), value),
    () => apiToken(graphqlOf('workspace'), value),
  ]) {
    const token = await unlessRefused(ask, refusals);
    if (token !== undefined) return token;
  }
  // What a token of another kind is answered is not established, so trouble counts only where no kind fits.
  const trouble = refusals.find(({ problem }) => !isTokenRefused(problem));
  if (trouble !== undefined) throw trouble;
  const said = refusals.map(({ problem }) => lineOf(problem.message, 80));
  throw new ActionFailure({
    code: 'token-rejected',
    what: `Railway refused the token as every kind there is: ${said.join('; ')}`,
    why: 'it was deleted or rotated, or was cut off when it was stored',
    next: 'Create a project token in the settings of the Railway project, under Tokens, and store it as the secret this job reads.',
  });
}

const scope = object({ id: text, project: named, environment: named });
const workspaces = object({ workspaces: list(named) });

async function projectToken(graphql: RailwayGraphql, value: string): Promise<RailwayToken> {
  const data = onlyField({ projectToken: scope });
  const { project, environment } = await graphql.query({ document: queries.projectToken, data });
  return { value, kind: 'project', project, environment };
}

async function apiToken(graphql: RailwayGraphql, value: string): Promise<RailwayToken> {
  const data = onlyField({ apiToken: workspaces });
  const seen = await graphql.query({ document: queries.apiToken, data });
  const kind = (await isAccount(graphql)) ? 'account' : 'workspace';
  return { value, kind, workspaces: seen.workspaces };
}

async function isAccount(graphql: RailwayGraphql): Promise<boolean> {
  try {
    await graphql.query({ document: queries.me, data: onlyField({ me: object({ id: text }) }) });
    return true;
  } catch (error) {
    // Any refusal will do: it only decides what is advised.
    if (error instanceof RailwayFailure) return false;
    throw error;
  }
}

async function unlessRefused(
  ask: () => Promise<RailwayToken>,
  refusals: RailwayFailure[],
): Promise<RailwayToken | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof RailwayFailure)) throw error;
    refusals.push(error);
    return undefined;
  }
}

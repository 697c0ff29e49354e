import { type HttpAnswer, HttpError } from '../io/http.ts';
import { describeHttpError, describeRefusal, type GitHubApi, jsonOf, refusal } from './api.ts';
import { idOf } from './id.ts';

/** Pages of a hundred: a pull request with more comments gets a second one of ours, which does no harm. */
const pagesAtMost = 10;

export interface WantedComment {
  /** The pull request's number. */
  readonly number: number;
  /** Says which of our comments this is. Hidden: an HTML comment. */
  readonly marker: string;
  /** Markdown. */
  readonly body: string;
  /** False: changes the comment there is, and makes none. */
  readonly create: boolean;
}

/** Nothing is thrown for what GitHub refuses: `why` says it in one line, `forbidden` whether a permission is missing. */
export type CommentWritten =
  | { readonly kind: 'created' | 'updated' | 'absent' }
  | { readonly kind: 'failed'; readonly why: string; readonly forbidden: boolean };

/** Writes our one comment on a pull request: changes it where it is, and never one that another wrote. */
export async function writeComment(api: GitHubApi, wanted: WantedComment): Promise<CommentWritten> {
  try {
    const found = await ourComment(api, wanted);
    if (found !== undefined) return await update(api, found, wanted);
    if (!wanted.create) return { kind: 'absent' };
    return await create(api, wanted);
  } catch (error) {
    if (error instanceof Refused) return { kind: 'failed', why: error.message, forbidden: error.forbidden };
    return { kind: 'failed', why: describeHttpError(error), forbidden: false };
  }
}

class Refused extends Error {
  readonly forbidden: boolean;

  constructor(method: string, answer: HttpAnswer) {
    super(describeRefusal(method, answer));
    this.forbidden = refusal(answer) === 'permission';
  }
}

interface OurComment {
  readonly id: number;
}

async function update(api: GitHubApi, { id }: OurComment, wanted: WantedComment): Promise<CommentWritten> {
  const answer = await api.rest(({ issues }, repository) =>
    issues.updateComment({ ...repository, comment_id: id, body: bodyOf(wanted) }),
  );
  if (answer.status !== 200) throw new Refused('PATCH', answer);
  return { kind: 'updated' };
}

/** A comment whose answer was lost may be there, so it is looked for before it is written again, once. */
async function create(api: GitHubApi, wanted: WantedComment): Promise<CommentWritten> {
  try {
    await post(api, wanted);
  } catch (error) {
    // Sending again at once is what GitHub's limit punishes.
    if (!(error instanceof HttpError) || error.status === 429) throw error;
    if ((await ourComment(api, wanted)) === undefined) await post(api, wanted);
  }
  return { kind: 'created' };
}

async function post(api: GitHubApi, wanted: WantedComment): Promise<void> {
  const answer = await api.rest(({ issues }, repository) =>
    issues.createComment({ ...repository, issue_number: wanted.number, body: bodyOf(wanted) }),
  );
  if (answer.status !== 201) throw new Refused('POST', answer);
  await yieldToOlder(api, wanted, jsonOf(answer));
}

/** Another run may have written one in the same moment: the older one stays, and takes what ours says. */
async function yieldToOlder(api: GitHubApi, wanted: WantedComment, written: unknown): Promise<void> {
  const { id, user } = Object(written);
  const { login } = Object(user);
  const oldest = (await markedComments(api, wanted)).find(({ author }) => author === login);
  if (oldest === undefined || oldest.id === id) return;
  await update(api, oldest, wanted);
  await api.rest(({ issues }, repository) =>
    issues.deleteComment({ ...repository, comment_id: idOf(String(id)) }),
  );
}

function bodyOf({ marker, body }: WantedComment): string {
  return `${body.trimEnd()}\n\n${markerLine(marker)}\n`;
}

function markerLine(marker: string): string {
  return `<!-- belay ${marker} -->`;
}

/** The oldest comment with the marker that this token wrote: anyone may copy the marker. */
async function ourComment(api: GitHubApi, wanted: WantedComment): Promise<OurComment | undefined> {
  const marked = await markedComments(api, wanted);
  if (marked.length === 0) return undefined;
  const login = await ownLogin(api);
  return marked.find(({ author }) => author === login);
}

async function markedComments(api: GitHubApi, { number, marker }: WantedComment) {
  const marked: { readonly id: number; readonly author: string }[] = [];
  for (let page = 1; page <= pagesAtMost; page += 1) {
    const answer = await api.rest(({ issues }, repository) =>
      issues.listComments({ ...repository, issue_number: number, per_page: 100, page }),
    );
    const rows = answer.status === 200 ? jsonOf(answer) : undefined;
    if (!Array.isArray(rows)) throw new Refused('GET', answer);
    for (const row of rows) {
      const { id, body, user } = Object(row);
      const isMarked = typeof body === 'string' && body.includes(markerLine(marker));
      if (isMarked && Number.isSafeInteger(id)) marked.push({ id, author: String(Object(user).login) });
    }
    if (rows.length < 100) break;
  }
  return marked;
}

/** Who this token is. `GET /user` is closed to the tokens of jobs; where GraphQL is too, it is a job's. */
async function ownLogin(api: GitHubApi): Promise<string> {
  const answer = await api.graphql('query { viewer { login } }', {});
  const { login } = Object(Object(Object(jsonOf(answer)).data).viewer);
  return answer.status === 200 && typeof login === 'string' ? login : 'github-actions[bot]';
}

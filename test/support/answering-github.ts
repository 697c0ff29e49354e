import { type GitHubApi, githubApi } from '../../packages/core/src/github/api.ts';
import type { Http, HttpAnswer } from '../../packages/core/src/io/http.ts';
import { aRunnerContext } from './ledger-builders.ts';

/** What GitHub answers; default: 200 without headers. */
export type Answering = Partial<Pick<HttpAnswer, 'status' | 'headers'>> & { readonly text: string };

const root = 'https://api.github.com/repos/ada/Shop/';

/** GitHub's API of `ada/Shop`, that answers by what it is asked, `GET pulls/7`, and remembers it. */
export function answeringGitHub(answer: (asked: string) => Answering): {
  readonly api: GitHubApi;
  readonly asked: readonly string[];
} {
  const asked: string[] = [];
  const http: Http = {
    request: async ({ method, url }) => {
      const question = `${method} ${url.replace(root, '')}`;
      asked.push(question);
      return { method, url, status: 200, headers: {}, attempts: 1, ...answer(question) };
    },
    download: () => Promise.reject(new Error('nothing is downloaded here')),
    upload: () => Promise.reject(new Error('nothing is uploaded here')),
  };
  const context = aRunnerContext({ repository: { owner: 'ada', name: 'Shop' } });
  const api = githubApi(http, context, 'a-token');
  if (api === undefined) throw new Error('there is a token');
  return { api, asked };
}

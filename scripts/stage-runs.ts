import type { GitHub } from '#local-cloud';
import type { GitHubFacts, JobStatus } from '#local-runner';

/** The workflow runs of a stage, as its GitHub knows them. */
export class StageRuns {
  readonly #github: GitHub;
  #underWay = 0;

  constructor(github: GitHub) {
    this.#github = github;
  }

  /**
   * Plays one job of a run, which GitHub knows as in progress until it has ended. Where no other is under way, lists
   * have all that was written before: between one run and the next lie minutes, unless both are there at once.
   */
  async play<T>(facts: GitHubFacts, job: () => Promise<T>, statusOf: (result: T) => JobStatus): Promise<T> {
    if (this.#underWay === 0) this.#github.reveal();
    this.#underWay += 1;
    const end = this.#begin(facts);
    let status: JobStatus = 'failure';
    try {
      const result = await job();
      status = statusOf(result);
      return result;
    } finally {
      this.#underWay -= 1;
      end(status);
    }
  }

  #begin({ repository = '', run_id: id, run_attempt: attempt, sha = '' }: GitHubFacts) {
    const [owner = '', name = ''] = repository.split('/');
    const run = { id: Number(id), attempt: Number(attempt), headSha: sha };
    return this.#github.beginJob(`${owner}/${name}`, run);
  }
}

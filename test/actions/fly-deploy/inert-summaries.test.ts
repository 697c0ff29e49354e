import { describe, expect, it } from 'vitest';
import { destroyedComment } from '../../../actions/fly-deploy/src/review/comment.ts';
import { cancelledResult, dryRunResult, endedResult } from '../../../actions/fly-deploy/src/review/result.ts';
import { sweptResult } from '../../../actions/fly-deploy/src/review/sweep-result.ts';

/** As a service may word an error: what notifies, links, breaks out of a list, and reads as a tag. */
const said = 'ask @octocat about #12 at www.evil.example <b>now</b>';
const shown = 'ask `@octocat` about `#12` at `www.evil.example` &lt;b&gt;now&lt;/b&gt;';

describe('what came from outside notifies nobody and links nowhere', () => {
  it('in the summary of a rehearsal', () => {
    expect(dryRunResult([`pr-7-shop: ${said}`]).summary).toBe(
      `## 📝 Rehearsed: nothing was changed\n\n- pr-7-shop: ${shown}\n`,
    );
  });

  it('in the summary of a review app that was made when the job was cancelled', () => {
    const subject = { name: 'pr-7-*shop*' } as Parameters<typeof cancelledResult>[0];
    expect(cancelledResult(subject).summary).toBe(
      '## ⏹️ Cancelled: fly:pr-7-\\*shop\\* is made, and serves nothing (cancelled/cancelled).\n',
    );
  });

  it('in the summary of a sweep', () => {
    const failure = { code: 'platform-error', what: said, next: 'Wait' };
    const line = { name: 'pr-7-shop', number: 7, did: 'failed', note: said, failure } as const;
    expect(sweptResult([line]).summary?.split('\n').at(-2)).toBe(
      `| \`pr-7-shop\` | #7 | failed | ${shown} |`,
    );
  });

  it('in the comment on a pull request', () => {
    expect(destroyedComment(said, 'Open it again.')).toBe(
      `### Review app\n\n🧹 Destroyed: ${shown}. Open it again.`,
    );
  });

  it('and an ordinary name reads as it always did', () => {
    const subject = { name: 'pr-7-shop' } as Parameters<typeof endedResult>[1];
    expect(endedResult('review-app-absent', subject).summary).toBe(
      '## 🧹 Nothing to destroy: there is no review app pr-7-shop.\n',
    );
  });
});

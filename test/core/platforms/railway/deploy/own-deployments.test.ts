import { describe, expect, it } from 'vitest';
import { deployMessage } from '../../../../../packages/core/src/platforms/railway/api/deploy-message.ts';
import { OwnDeployments } from '../../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import { aDeployment, minute } from '../../../../support/railway-deployments.ts';

const message = (mark: string) => deployMessage({ commit: undefined, subject: 'Fix the cart', mark });
const uploadOf = (mark: string, id: string, at: number) =>
  aDeployment(id, { message: message(mark), createdAt: minute(at) });

/** What another process of the same step knows, which is given a mark of its own at first. */
function recalled(own: OwnDeployments, back?: string): OwnDeployments {
  const other = new OwnDeployments('7-1-other');
  other.recall(own.memory(), back === undefined ? {} : { back: { id: back } });
  return other;
}

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const commit = (letter: string) => letter.repeat(40);
const d1 = aDeployment('d1', { createdAt: minute(1), digest: digest('a') });
const d3 = aDeployment('d3', { createdAt: minute(3), digest: digest('b') });
/** What a rollback to `d1` makes, and what somebody pushes meanwhile. */
const copy = aDeployment('d4', { createdAt: minute(4), digest: digest('a') });
const push = aDeployment('d4', { createdAt: minute(4), digest: digest('c') });

/** One that has seen both, and begins to bring `d1` back. */
function rollingBack(): OwnDeployments {
  const own = new OwnDeployments('7-1-a');
  own.see([d1, d3]);
  own.rollsBack('d1');
  return own;
}

const pushed = (id: string, at: number) =>
  aDeployment(id, { createdAt: minute(at), meta: { commitHash: commit('a') } });

describe('which deployments are this step’s', () => {
  it('are those that Railway has answered to it', () => {
    const own = new OwnDeployments('7-1-a');
    own.made({ id: 'd2' });
    expect([own.relation('d2'), own.relation('d1')]).toEqual([{ made: 'yes' }, { made: 'no' }]);
  });

  it('is the upload with its mark, where the answer was lost: not that of another run, attempt or step', () => {
    const own = new OwnDeployments('7-1-a');
    own.see([uploadOf('8-1-a', 'd4', 4), uploadOf('7-1-a', 'd3', 3), uploadOf('7-1-b', 'd2', 2), d1]);
    expect([own.upload, own.relation('d2')]).toEqual(['d3', { made: 'no' }]);
  });

  it('is not the copy of it that another run’s rollback has made, which carries the mark as well', () => {
    const own = new OwnDeployments('7-1-a');
    const there = [uploadOf('7-1-a', 'copy', 4), uploadOf('7-1-a', 'd2', 2)];
    own.see(there);
    own.see(there);
    expect([own.upload, own.has('copy')]).toEqual(['d2', false]);
  });

  it('is what a rollback of its has made, and that brings an older one back', () => {
    const own = rollingBack();
    own.made({ id: 'd4', restores: 'd1' });
    own.see([aDeployment('d5', { createdAt: minute(5), digest: digest('a') }), copy, d3, d1]);
    expect([own.relation('d4'), own.relation('d5')]).toEqual([
      { made: 'yes', restores: 'd1' },
      { made: 'no' },
    ]);
  });

  it('may be what came after a rollback was asked for, where its answer was lost, unless the records say otherwise', () => {
    const own = rollingBack();
    own.see([copy, d3, d1]);
    const seen = own.relation('d4');
    const isSure = own.isSure('d4');
    own.disown('d4');
    expect([seen, isSure, own.relation('d4'), own.relation('d3')]).toEqual([
      { made: 'maybe', restores: 'd1' },
      false,
      { made: 'no' },
      { made: 'no' },
    ]);
  });

  it('is not what somebody pushed after a rollback was asked for', () => {
    const own = rollingBack();
    own.see([push, d3, d1]);
    expect(own.relation('d4')).toEqual({ made: 'no' });
  });

  it('are known to another process of the step by what was remembered, and no surer', () => {
    const own = new OwnDeployments('7-1-a');
    own.made({ id: 'd2' });
    own.made({ id: 'd4', restores: 'd1' });
    own.made({ id: 'd5', restores: 'd1', isMaybe: true });
    const other = recalled(own);
    expect(['d2', 'd4', 'd5'].map((id) => other.relation(id))).toEqual([
      { made: 'yes' },
      { made: 'yes', restores: 'd1' },
      { made: 'maybe', restores: 'd1' },
    ]);
  });

  it('are found there though main was killed right after it had asked: its memory is from before', () => {
    const before = new OwnDeployments('7-1-a');
    before.see([d3, d1]);
    const uploaded = recalled(before);
    uploaded.see([uploadOf('7-1-a', 'd4', 4), d3, d1]);
    const rolled = recalled(before, 'd1');
    rolled.see([copy, d3, d1]);
    expect([uploaded.relation('d4'), rolled.relation('d4')]).toEqual([
      { made: 'yes' },
      { made: 'maybe', restores: 'd1' },
    ]);
  });

  it.each([
    ['of a commit', { commit: commit('a') }, { commitHash: commit('a') }, { commitHash: commit('b') }],
    [
      'of an image',
      { image: `shop@${digest('a')}` },
      { imageDigest: digest('a') },
      { imageDigest: digest('c') },
    ],
    [
      'that is built again, whatever image comes of it,',
      { again: 'd1' },
      { imageDigest: digest('c') },
      { imageDigest: digest('a'), commitHash: commit('b') },
    ],
  ])(
    'may be the one %s that was asked for, where the answer was lost: also in another process',
    (_, of, ours, other) => {
      const own = new OwnDeployments('7-1-a');
      own.see([d1, d3]);
      own.asks(of);
      const d4 = aDeployment('d4', { createdAt: minute(4), meta: other });
      const d5 = aDeployment('d5', { createdAt: minute(5), meta: ours });
      const there = recalled(own);
      for (const one of [own, there]) one.see([d5, d4, d3, d1]);
      const maybe = [{ made: 'no' }, { made: 'maybe' }];
      expect([own, there].map((one) => ['d4', 'd5'].map((id) => one.relation(id)))).toEqual([maybe, maybe]);
    },
  );

  it.each([
    ['it was refused', undefined],
    ['its answer came', 'd4'],
  ])('is none that comes later of the same commit, once %s', (_, answered) => {
    const own = new OwnDeployments('7-1-a');
    own.asks({ commit: commit('a') });
    if (answered === undefined) own.asks(undefined);
    else own.made({ id: answered });
    const there = recalled(own);
    there.see([aDeployment('d5', { createdAt: minute(5), meta: { commitHash: commit('a') } })]);
    expect(there.relation('d5')).toEqual({ made: 'no' });
  });

  it('are not all there is to remember: the source as it was is known in another process', () => {
    const own = new OwnDeployments('7-1-a');
    own.changesSource({ was: 'shop:1', set: 'shop:2' });
    expect(recalled(own).source).toEqual({ was: 'shop:1', set: 'shop:2' });
  });

  it('are those that Railway makes by itself of the commit that is watched, which this step never started', () => {
    const own = new OwnDeployments('7-1-a');
    own.watches(commit('a'));
    own.see([pushed('d6', 6), d3]);
    expect([own.relation('d6'), own.relation('d3'), own.isSure('d6'), own.upload]).toEqual([
      { made: 'yes' },
      { made: 'no' },
      false,
      undefined,
    ]);
  });

  it('are it again where Railway makes it once more, later; an earlier one is not', () => {
    const own = new OwnDeployments('7-1-a');
    own.watches(commit('a'));
    own.follows(pushed('d6', 6));
    own.see([pushed('d7', 7), pushed('d6', 6), pushed('d5', 5)]);
    const other = recalled(own);
    expect([own, other].map((one) => ['d5', 'd6', 'd7'].map((id) => one.restores(id)))).toEqual([
      [undefined, undefined, 'd6'],
      [undefined, undefined, 'd6'],
    ]);
    expect(['d5', 'd6', 'd7'].map((id) => other.relation(id).made)).toEqual(['no', 'yes', 'no']);
  });

  it('keeps nothing of a memory that is damaged', () => {
    const own = new OwnDeployments('7-1-a');
    own.recall('{"made":[{"id":3}]}');
    expect([own.mark, own.upload]).toEqual(['7-1-a', undefined]);
  });
});

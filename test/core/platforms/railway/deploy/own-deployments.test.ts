import { describe, expect, it } from 'vitest';
import { deployMessage } from '../../../../../packages/core/src/platforms/railway/api/deploy-message.ts';
import { OwnDeployments } from '../../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import { aDeployment, minute } from '../../../../support/a-deployment.ts';

const message = (mark: string) => deployMessage({ commit: undefined, subject: 'Fix the cart', mark });
const uploadOf = (mark: string, id: string, at: number) =>
  aDeployment(id, { message: message(mark), createdAt: minute(at) });

/** What another process of the same run knows. */
function recalled(own: OwnDeployments): OwnDeployments {
  const other = new OwnDeployments(own.mark);
  other.recall(own.memory());
  return other;
}

describe('which deployments are this run’s', () => {
  it('are those that Railway has answered to it', () => {
    const own = new OwnDeployments('7-1');
    own.asks();
    own.made({ id: 'd2' });
    expect([own.relation('d2'), own.relation('d1')]).toEqual([{ made: 'yes' }, { made: 'no' }]);
  });

  it('is the upload with its mark, where the answer was lost', () => {
    const own = new OwnDeployments('7-1');
    own.asks();
    own.see([uploadOf('8-1', 'd3', 3), uploadOf('7-1', 'd2', 2), uploadOf('7-2', 'd1', 1)]);
    expect(own.ids).toEqual(['d2']);
  });

  it('is not the copy of it that another run’s rollback has made, which carries the mark as well', () => {
    const own = new OwnDeployments('7-1');
    own.asks();
    own.see([uploadOf('7-1', 'copy', 4), uploadOf('7-1', 'd2', 2)]);
    own.see([uploadOf('7-1', 'copy', 4), uploadOf('7-1', 'd2', 2)]);
    expect(own.ids).toEqual(['d2']);
  });

  it('is none with its mark before it has uploaded anything', () => {
    const own = new OwnDeployments('7-1');
    own.see([uploadOf('7-1', 'd2', 2)]);
    expect(own.ids).toEqual([]);
  });

  it('is what a rollback of its has made, and that brings an older one back', () => {
    const own = new OwnDeployments('7-1');
    own.rollsBack('d1', minute(3));
    own.made({ id: 'd4', restores: 'd1' });
    own.see([aDeployment('d5', { createdAt: minute(5) })]);
    expect([own.relation('d4'), own.relation('d5')]).toEqual([
      { made: 'yes', restores: 'd1' },
      { made: 'no' },
    ]);
  });

  it('may be what came after a rollback was asked for, where its answer was lost, unless the records say otherwise', () => {
    const own = new OwnDeployments('7-1');
    own.rollsBack('d1', minute(3));
    const there = [aDeployment('d4', { createdAt: minute(4) }), aDeployment('d3', { createdAt: minute(3) })];
    own.see(there);
    const seen = own.relation('d4');
    own.disown('d4');
    expect([seen, own.relation('d4'), own.relation('d3')]).toEqual([
      { made: 'maybe', restores: 'd1' },
      { made: 'no' },
      { made: 'no' },
    ]);
  });

  it('are known to another process of the run by what was remembered', () => {
    const own = new OwnDeployments('7-1');
    own.made({ id: 'd2' });
    own.made({ id: 'd4', restores: 'd1' });
    const other = recalled(own);
    expect([other.relation('d2'), other.relation('d4')]).toEqual([
      { made: 'yes' },
      { made: 'yes', restores: 'd1' },
    ]);
  });

  it('are found there too, where main was killed between what it asked and the answer', () => {
    const asking = new OwnDeployments('7-1');
    asking.asks();
    const uploaded = recalled(asking);
    uploaded.see([uploadOf('7-1', 'd2', 2)]);
    const rolling = new OwnDeployments('7-1');
    rolling.rollsBack('d1', minute(3));
    const rolled = recalled(rolling);
    rolled.see([aDeployment('d4', { createdAt: minute(4) })]);
    expect([uploaded.relation('d2'), rolled.relation('d4')]).toEqual([
      { made: 'yes' },
      { made: 'maybe', restores: 'd1' },
    ]);
  });

  it('keeps nothing of a memory that is damaged', () => {
    const own = new OwnDeployments('7-1');
    own.recall('{"made":[{"id":3}]}');
    expect(own.ids).toEqual([]);
  });
});

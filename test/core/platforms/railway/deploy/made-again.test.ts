import { describe, expect, it } from 'vitest';
import { deployMessage } from '../../../../../packages/core/src/platforms/railway/api/deploy-message.ts';
import { madeAgain } from '../../../../../packages/core/src/platforms/railway/deploy/made-again.ts';
import { OwnDeployments } from '../../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import { aDeployment, minute, railwayDigests } from '../../../../support/railway-deployments.ts';

const { v1, v2 } = railwayDigests;
const marked = (mark: string) => deployMessage({ commit: undefined, subject: 'Fix', mark });
const upload = { message: marked('7-1-a'), digest: v2, createdAt: minute(5) };
const image = { digest: v2, createdAt: minute(5) };

describe('what Railway has made again of what this step shipped', () => {
  it.each([
    ['has an upload’s image and message', upload, { ...upload, createdAt: minute(6) }, true],
    ['has the image that was deployed', image, { ...image, createdAt: minute(6) }, true],
    ['is no other image', upload, { ...upload, digest: v1, createdAt: minute(6) }, false],
    [
      'is no upload of the same image by another step',
      upload,
      { ...upload, message: marked('8-1-a'), createdAt: minute(6) },
      false,
    ],
    ['is nothing that was there before', upload, { ...upload, createdAt: minute(4) }, false],
    ['is nothing of which Railway tells no image', { createdAt: minute(5) }, { createdAt: minute(6) }, false],
  ])('%s', (_, shipped, other, isCopy) => {
    const own = new OwnDeployments('7-1-a');
    own.made({ id: 'ours' });
    const all = [aDeployment('ours', shipped), aDeployment('other', other)];
    expect([...madeAgain(all, own)]).toEqual(isCopy ? [['other', 'ours']] : []);
  });

  it('is nothing of what this step brought back: that has a record of its own', () => {
    const own = new OwnDeployments('7-1-a');
    own.made({ id: 'back', restores: 'old' });
    const all = [aDeployment('back', image), aDeployment('other', { ...image, createdAt: minute(6) })];
    expect([...madeAgain(all, own)]).toEqual([]);
  });
});

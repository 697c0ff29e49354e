import { describe, expect, it } from 'vitest';
import { OwnReleases } from '../../../../../packages/core/src/platforms/fly/api/own-releases.ts';
import { aWireRelease, digests } from '../../../../support/fly-machines.ts';

const image = `registry.fly.io/shop@${digests.v2}`;
const there = [aWireRelease(42)];
const same = (version: number) => aWireRelease(version, { imageRef: image });
const other = (version: number) => aWireRelease(version, { imageRef: `registry.fly.io/shop@${digests.v1}` });
const built = (version: number) => aWireRelease(version, { imageRef: 'registry.fly.io/shop:belay-7-1' });
const named = (version: number) =>
  aWireRelease(version, { imageRef: `registry.fly.io/shop:belay-7-1@${digests.v2}` });
const said = (version: number) => `{"id":"r","version":${version},"image_ref":"i"}\n`;
const relations = (own: OwnReleases) =>
  ['v42', 'v43', 'v44'].map((id) => {
    const { made, restores, unless } = own.relation({ id });
    const may = unless === undefined ? made : `${made} unless ${unless}`;
    return restores === undefined ? may : `${may}, as ${restores}`;
  });

describe('a release is this run’s', () => {
  it('for sure where it has the label that only this run uses', () => {
    const own = new OwnReleases();
    own.begin({ imageLabel: 'belay-7-1' }, there);
    own.see([same(44), built(43), ...there]);
    expect(relations(own)).toEqual(['no', 'yes', 'no']);
  });

  it('perhaps where it is the first with the image that was asked for', () => {
    const own = new OwnReleases();
    own.begin({ image }, there);
    own.see([same(44), same(43), ...there]);
    expect(relations(own)).toEqual(['no', 'maybe', 'maybe unless v43']);
    expect(['v43', 'v44'].map((id) => own.hasMade(id))).toEqual([true, false]);
  });

  it.each([
    ['by the label that Fly kept beside the digest', [named(44), same(43)], ['no', 'no', 'yes']],
    ['by the digest of what was built, where Fly dropped the label', [same(43)], ['no', 'maybe', 'no']],
  ])('%s', (_, made, expected) => {
    const own = new OwnReleases();
    own.begin({ image, imageLabel: 'belay-7-1' }, there);
    own.see([same(43), ...there]);
    own.see([...made, ...there]);
    expect(relations(own)).toEqual(expected);
  });

  it('perhaps the second, once the records say that the first is another run’s', () => {
    const own = new OwnReleases();
    const attempt = own.begin({ image }, there);
    own.see([same(44), same(43), ...there]);
    own.disown({ id: 'v43' });
    expect(relations(own)).toEqual(['no', 'no', 'maybe']);
    expect(own.releaseOf(attempt, [same(44), same(43), ...there])).toEqual(same(44));
  });

  it.each([
    ['by flyctl’s word where Fly confirms it', said(44), [same(44), same(43)], ['no', 'no', 'yes']],
    ['never by its word of what was there before', said(42), [same(43)], ['no', 'maybe', 'no']],
    ['never by its word of what Fly does not have', said(99), [same(43)], ['no', 'maybe', 'no']],
    [
      'not by its word where something else carries what was asked for',
      said(44),
      [other(44), same(43)],
      ['no', 'maybe', 'no'],
    ],
    ['by its word though it shipped another image than asked', said(43), [other(43)], ['no', 'yes', 'no']],
    ['without its word by the image alone', 'Visit\n', [same(43)], ['no', 'maybe', 'no']],
    ['without a whole line by the image alone', '{"id":"r","vers', [same(43)], ['no', 'maybe', 'no']],
  ])('%s', (_, stdout, made, expected) => {
    const own = new OwnReleases();
    own.claim(own.begin({ image }, there), stdout, [...made, ...there]);
    expect(relations(own)).toEqual(expected);
  });

  it('never where flyctl came to its end before it had a release', () => {
    const own = new OwnReleases();
    const attempt = own.begin({ image }, there);
    own.see([same(43), ...there]);
    own.madeNone(attempt);
    own.see([same(44), same(43), ...there]);
    expect(relations(own)).toEqual(['no', 'no', 'no']);
  });

  it('with the older one it brings back', () => {
    const own = new OwnReleases();
    own.begin({ image, restores: 'v40' }, there);
    own.see([same(43), ...there]);
    expect(relations(own)).toEqual(['no', 'maybe, as v40', 'no']);
  });
});

describe('in another process', () => {
  it('what was certain is certain', () => {
    const main = new OwnReleases();
    main.claim(main.begin({ image }, there), said(43), [same(43), ...there]);
    const post = new OwnReleases();
    post.recall(main.memory(), {});
    expect(relations(post)).toEqual(['no', 'yes', 'no']);
  });

  it('what main was about to ship, or to bring back, is found by what it had asked for', () => {
    const main = new OwnReleases();
    main.intend({ imageLabel: 'belay-7-1' });
    main.see(there);
    const post = new OwnReleases();
    // It has opened everything as main had, and would label another build otherwise.
    post.intend({ imageLabel: 'belay-7-2' });
    post.recall(main.memory(), { back: { id: 'v41', artifact: digests.v2 } });
    post.see([same(44), built(43), ...there]);
    expect(relations(post)).toEqual(['no', 'yes', 'maybe, as v41']);
  });

  it('what main had built is what it was about to ship, in each process after it', () => {
    const main = new OwnReleases();
    main.intend({ imageLabel: 'belay-7-1' });
    main.see(there);
    main.intend({ image, imageLabel: 'belay-7-1' });
    const post = new OwnReleases();
    post.intend({ imageLabel: 'belay-7-2' });
    post.recall(main.memory(), {});
    post.see([same(43), ...there]);
    expect(relations(post)).toEqual(['no', 'maybe', 'no']);
    const last = new OwnReleases();
    last.recall(post.memory(), {});
    last.see([same(43), ...there]);
    expect(relations(last)).toEqual(['no', 'maybe', 'no']);
  });

  it('what main was about to bring back is a copy of what that was a copy of', () => {
    const main = new OwnReleases();
    main.see(there);
    const post = new OwnReleases();
    post.recall(main.memory(), { back: { id: 'v41', artifact: digests.v2, restores: 'v40' } });
    post.see([same(44), ...there]);
    expect(relations(post)).toEqual(['no', 'no', 'maybe, as v40']);
  });

  it.each([
    ['nothing', undefined],
    ['something damaged', '{"newest":'],
    ['something else', '{"newest":"x"}'],
  ])('%s is taken for nothing', (_, memory) => {
    const post = new OwnReleases();
    post.intend({ image });
    post.recall(memory, { back: { id: 'v41', artifact: digests.v2 } });
    post.see([same(43), ...there]);
    expect(relations(post)).toEqual(['no', 'no', 'no']);
  });
});

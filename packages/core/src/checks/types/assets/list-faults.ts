import { shownUrl } from '../../exchange/exchange.ts';
import type { Asset } from './asset-list.ts';
import { isNeeded } from './asset-list.ts';
import type { Fault } from './lacking.ts';
import { assetId, mayBeMissing } from './lacking.ts';
import type { AssetKind } from './reference.ts';
import { isEssential, mostNamed, mostReferences } from './reference.ts';
import type { Tour } from './tour.ts';

/** What is wrong with the references themselves, or with the time there was for them. */
export function faultsOfList(tour: Tour): readonly Fault[] {
  const { list, from, page, received, faults, pageFaults } = tour;
  const found = [
    ...(list.isOverfull ? [overfull(page.url)] : []),
    ...list.insecure.map(({ url, kind }) => ({
      ...fault(`asset ${url}`, {
        expected: 'https, as the page',
        actual: 'http: a browser does not load it',
      }),
      ...idOf(kind, new URL(url), from),
    })),
    ...list.unusable.map(({ url, kind }) => ({
      ...fault(`asset ${JSON.stringify(url)}`, { expected: 'an address', actual: 'no address' }),
      // Nothing but how it is written tells it from others.
      ...idOf(kind, new URL(`invalid:${encodeURIComponent(url)}`), from),
    })),
    ...lateFaults(tour),
  ];
  const isNothing = received.size + faults.size + pageFaults.length + found.length === 0;
  return isNothing && list.beyond.length === 0 ? [nothing(tour)] : found;
}

export function fault(
  read: string,
  told: Pick<Fault, 'expected' | 'actual'> & Partial<Pick<Fault, 'failureClass'>>,
): Fault {
  return { failureClass: 'assertion', read, ...told };
}

/** An asset that a page can do without is known by its address. */
export function idOf(kind: AssetKind, url: URL, page: URL): Pick<Fault, 'id'> {
  return isEssential(kind) ? {} : { id: assetId(url, page) };
}

function overfull(page: URL): Fault {
  const expected = `at most ${mostReferences} addresses`;
  return fault(`assets of ${page.href}`, { expected, actual: 'more in one page or style sheet' });
}

/** Those that count are told together. */
function lateFaults(tour: Tour): readonly Fault[] {
  const counted = tour.late.filter((asset) => isLateFault(asset, tour));
  if (counted.length === 0) return [];
  const expected = `all within ${Math.round(tour.context.timeoutMs)} ms`;
  return [fault('assets', { expected, actual: lateText(counted, tour), failureClass: 'timeout' })];
}

/** What was left out for want of time, and decides nothing. */
export function lateWarnings(tour: Tour): readonly string[] {
  const excused = tour.late.filter((asset) => !isLateFault(asset, tour));
  return excused.length === 0 ? [] : [lateText(excused, tour)];
}

/** Where everything came that was asked for, there was too much of it rather than too little of the service. */
function isLateFault(asset: Asset, { faults, from, context }: Tour): boolean {
  if (isNeeded(asset)) return true;
  const isSlow = [...faults.values()].some((all) =>
    all.some(({ failureClass }) => failureClass === 'timeout'),
  );
  return isSlow && !mayBeMissing(assetId(asset.url, from), context.mayLack);
}

function lateText(late: readonly Asset[], { page }: Tour): string {
  const [first] = late;
  const name = first === undefined ? '' : shownUrl(first.url, page.redactQuery);
  return `no time was left for ${late.length}, the first ${name}: raise \`timeout\``;
}

function nothing({ list, page }: Tour): Fault {
  const elsewhere = [...list.elsewhere]
    .slice(0, mostNamed)
    .map(([origin, count]) => `${count} at ${origin}`)
    .join(', ');
  const actual =
    elsewhere === ''
      ? 'the page names none'
      : `none of its own, ${elsewhere}: name what counts in \`origins\``;
  return fault(`assets of ${page.url.href}`, { expected: 'at least one', actual });
}

import { limiter } from '../../run/limit.ts';
import type { AttemptContext } from '../check-type.ts';
import type { Asset } from './asset-list.ts';
import { AssetList, isNeeded } from './asset-list.ts';
import type { Fetched } from './fetch.ts';
import { textOfFile } from './fetch.ts';
import { fetchAsset } from './fetch-asset.ts';
import { assetId, weigh } from './lacking.ts';
import { fault, faultsOfList, lateWarnings } from './list-faults.ts';
import { ModuleNames } from './module-names.ts';
import { notesOf } from './notes.ts';
import type { Named } from './read-asset.ts';
import { readModuleAt } from './read-asset.ts';
import type { HtmlParser } from './read-page.ts';
import { readPage } from './read-page.ts';
import type { Tour, Visit, VisitResult } from './tour.ts';

/** Connections to one site at once, as a browser has. */
const connections = 6;

/** Loads what `page` stands on, each address once, and judges it. Rejects only when the run is aborted. */
export async function visitAssets(
  page: Fetched,
  visit: Visit,
  context: AttemptContext,
): Promise<VisitResult> {
  const started = context.clock.monotonic() - page.phases.total;
  const origins = new Set([page.url.origin, ...visit.origins]);
  const secure = page.url.protocol === 'https:';
  const tour: Tour = {
    ...visit,
    context,
    from: page.url,
    deadline: started + context.timeoutMs,
    list: new AssetList({ origins, limit: visit.limit, secure, page: withoutHash(page.url) }),
    names: new ModuleNames(),
    received: new Map(),
    faults: new Map(),
    pageFaults: [],
    late: [],
  };
  await context.judging(() => readReferences(page, tour));
  for (let fresh = tour.list.take(); fresh.length > 0; fresh = tour.list.take()) {
    // In the order they are named, whichever comes first: what is beyond the limit is the same each time.
    for (const { references, base } of await fetchAll(fresh, tour)) tour.list.add(references, base);
  }
  const { beyond } = tour.list;
  const unseen = [...beyond, ...tour.late.filter((asset) => !isNeeded(asset))];
  const { warnings, ...weighed } = weigh(
    [...tour.pageFaults, ...[...tour.faults.values()].flat(), ...faultsOfList(tour)],
    unseen.map(({ url }) => assetId(url, tour.from)),
    context.mayLack,
  );
  return {
    ...weighed,
    warnings: [...warnings, ...lateWarnings(tour), ...beyondWarnings(beyond.length, visit.limit)],
    fetched: [...tour.received.values()],
    notes: notesOf(tour),
    durationMs: context.clock.monotonic() - started,
  };
}

function beyondWarnings(count: number, limit: number): readonly string[] {
  return count === 0 ? [] : [`${count} beyond the limit of ${limit} not looked at: raise \`limit\``];
}

function withoutHash({ href }: URL): string {
  return href.split('#', 1)[0] ?? href;
}

async function readReferences(page: Fetched, tour: Tour): Promise<void> {
  const { list, css, names, pageFaults } = tour;
  const library: HtmlParser = await import('../../html-parser.ts');
  const { url } = page;
  const found = readPage(library, textOfFile(page));
  const from = (found.base === undefined ? undefined : URL.parse(found.base, url.href)?.href) ?? url.href;
  for (const map of found.importMaps) names.add(map, from);
  list.add(found.references, from);
  if (css && found.styles.length + found.declarations.length > 0) {
    const { readStylesheet, readDeclarations } = await import('./read-stylesheet.ts');
    for (const style of found.styles) list.add(readStylesheet(style), from);
    for (const style of found.declarations) list.add(readDeclarations(style), from);
  }
  for (const text of found.modules) {
    const { references, broken } = await readModuleAt(from, text, names);
    list.add(references, from);
    for (const actual of broken)
      pageFaults.push(fault('module in the page', { expected: 'imports by address', actual }));
  }
  for (const actual of found.brokenMaps)
    pageFaults.push(fault('import map', { expected: 'modules by address', actual }));
}

/** Nothing that a page can do without is asked for in less than this share of the time: that would show nothing. */
const leastShare = 0.2;

/** Fetches and judges; answers what each names in its turn. */
async function fetchAll(assets: readonly Asset[], tour: Tour): Promise<Named[]> {
  const limit = limiter(connections);
  const named = await Promise.all(
    assets.map((asset) =>
      limit(async () => {
        const timeoutMs = tour.deadline - tour.context.clock.monotonic();
        const least = isNeeded(asset) ? 0 : tour.context.timeoutMs * leastShare;
        if (timeoutMs > least) return fetchAsset(asset, timeoutMs, tour);
        tour.late.push(asset);
        return undefined;
      }),
    ),
  );
  return named.filter((one) => one !== undefined);
}

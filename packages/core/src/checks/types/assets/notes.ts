import { shownUrl } from '../../exchange/exchange.ts';
import { mostNamed } from './reference.ts';
import type { Tour } from './tour.ts';

/** What a visit saw beside what is wrong, a line each. */
export function notesOf({ list, received, from, page }: Tour): string[] {
  const name = (url: URL) => {
    const shown = shownUrl(url, page.redactQuery);
    return url.origin === from.origin ? shown.slice(from.origin.length) : shown;
  };
  const { elsewhere } = list;
  return [
    ...[...received.values()].map(({ asset, size, cacheControl }) => {
      const cached = cacheControl === undefined ? 'no cache-control' : `cache-control: ${cacheControl}`;
      return `${name(asset.url)}: ${size} bytes, ${cached}`;
    }),
    ...[...elsewhere].slice(0, mostNamed).map(([origin, count]) => `${count} at ${origin}, not fetched`),
    ...(elsewhere.size > mostNamed ? [`${elsewhere.size - mostNamed} more origins, not asked`] : []),
  ];
}

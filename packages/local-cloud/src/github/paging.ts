import type { ServiceAnswer } from '../service.ts';

/** One page of a list with GitHub's Link header. A page beyond the end is empty, not an error. */
export function paged<T>(items: readonly T[], url: URL, render: (item: T) => object): ServiceAnswer {
  const size = Math.min(100, positive(url.searchParams.get('per_page')) ?? 30);
  const page = positive(url.searchParams.get('page')) ?? 1;
  const last = Math.max(1, Math.ceil(items.length / size));
  const body = items.slice((page - 1) * size, page * size).map(render);
  const links = [
    ...(page > 1 ? [link(url, page - 1, 'prev')] : []),
    ...(page < last ? [link(url, page + 1, 'next'), link(url, last, 'last')] : []),
    ...(page > 1 ? [link(url, 1, 'first')] : []),
  ];
  return links.length === 0
    ? { status: 200, body }
    : { status: 200, body, headers: { link: links.join(', ') } };
}

function link(url: URL, page: number, rel: string): string {
  const target = new URL(url.pathname + url.search, 'https://api.github.com');
  target.searchParams.set('page', String(page));
  return `<${target.href}>; rel="${rel}"`;
}

/** GitHub falls back to the default rather than refuse a page that is no number. */
function positive(text: string | null): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

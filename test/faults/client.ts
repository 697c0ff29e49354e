import type { JournalEntry } from '#local-cloud';

export type Client = 'action' | 'flyctl';

/** Whose call it was. */
export function clientOf({ 'user-agent': agent = '' }: JournalEntry['headers']): Client {
  return agent.startsWith('flyctl') || agent.startsWith('Go-http-client') ? 'flyctl' : 'action';
}

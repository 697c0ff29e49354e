import type { Unreadable } from './read.ts';
import type { Fact, LedgerRecord } from './record.ts';

export type LedgerWarnings = ReturnType<typeof ledgerWarnings>;

const lost = {
  deploy: {
    subject: 'This deploy',
    consequence:
      'A later rollback will not know this deploy or its verdict, and runs at the same time do not wait for each other.',
  },
  verdict: { subject: 'The verdict', consequence: 'A later deploy or rollback will not know it.' },
} as const;

/** No permission mends a token that GitHub does not know. */
const newToken =
  'GitHub does not take the token: leave `github-token` at its default, or pass one that is valid.';

/** What is said once of what a ledger cannot do, and of what it does not believe. */
export function ledgerWarnings(writes: keyof typeof lost) {
  const { subject, consequence } = lost[writes];
  return {
    noToken:
      'There is no GitHub token, so deploys are neither recorded nor looked up. Pass `github-token`, or leave its default.',
    unreadable: ({ message, because }: Unreadable) =>
      `The deployment records cannot be read (${message}), so earlier releases and their verdicts are not known. ${because === 'token' ? newToken : 'Give the job the permission `deployments: read`.'}`,
    permission: (why: string) =>
      `${subject} is not recorded: ${why}. ${consequence} Give the job the permission \`deployments: write\`.`,
    token: (why: string) => `${subject} is not recorded: ${why}. ${consequence} ${newToken}`,
    'rate-limit': (why: string) =>
      `${subject} is not fully recorded: GitHub’s rate limit is used up (${why}). ${consequence}`,
    other: (why: string) => `${subject} is not fully recorded: ${why}. ${consequence}`,
    cut: (recordsRead: number) =>
      `GitHub refused GraphQL, so only the newest ${recordsRead} records were read. Older ones are not considered.`,
    statusesCut: (id: string, statusesAtMost: number) =>
      `Of the record ${id} only the newest ${statusesAtMost} statuses were read. Older ones are not considered: it may not name its release any more.`,
    doubted: (records: readonly LedgerRecord[]) =>
      `${countOf(records)} ${records.length === 1 ? 'decides' : 'decide'} nothing, since \`ledger-key\` does not prove who wrote ${records.length === 1 ? 'it' : 'them'}: ${namesOf(records)}. ${sameKey}`,
    unproven: ({ id, unproven = [] }: LedgerRecord) =>
      `The record ${id} holds what decides nothing, since \`ledger-key\` does not prove who wrote it: ${shown(unproven.map(({ fact, doubt }) => `${nameOfFact(fact)} (${doubt})`))}. ${sameKey}`,
  };
}

/** Records written before there was a key are the likeliest of all. */
const sameKey =
  'What was written before the key was set counts no more. Where the rest is yours, give every deploy, rollback and smoke test of this service the same `ledger-key`; where it is not, see who may write deployments.';

const namedAtMost = 10;

function countOf(records: readonly LedgerRecord[]): string {
  return records.length === 1 ? '1 deployment record' : `${records.length} deployment records`;
}

function namesOf(records: readonly LedgerRecord[]): string {
  return shown(records.map(({ id, doubt }) => `${id} (${doubt})`));
}

function shown(names: readonly string[]): string {
  const more = names.length - namedAtMost;
  return [...names.slice(0, namedAtMost), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function nameOfFact(fact: Fact): string {
  return fact.kind === 'verdict' ? `verdict ${fact.verdict}` : fact.kind;
}

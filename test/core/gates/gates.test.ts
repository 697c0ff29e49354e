import { describe, expect, it } from 'vitest';
import { askGates, gatesInDryRun } from '../../../packages/core/src/gates/ask-gates.ts';
import type { Gate, GateAnswer, GateFacts } from '../../../packages/core/src/gates/gate.ts';
import { gates } from '../../../packages/core/src/gates/gates.ts';

const [mine, liveOne] = ['a'.repeat(40), 'b'.repeat(40)];
const facts: GateFacts = { kind: 'deploy', live: { kind: 'nothing' }, commit: mine };
const blocks: GateAnswer = { kind: 'blocked', reason: 'frozen', what: 'Deploys are frozen.', next: 'Wait.' };

function aGate(answer: GateAnswer, fields: Partial<Gate> = {}): Gate {
  return { name: 'freeze', forcible: true, asks: ['deploy'], answer: () => answer, ...fields };
}

const forced = (...gates: readonly string[]) => ({ gates, reason: 'hotfix for #12' });
const admitted = { kind: 'admitted', warnings: [], notes: [] } as const;
const held = aGate({ ...blocks, reason: 'held', what: 'It is held.' }, { name: 'hold', forcible: false });

describe('asking the gates', () => {
  it('admits when every gate passes', () => {
    expect(askGates([aGate({ kind: 'pass' })], facts)).toEqual(admitted);
  });

  it('blocks with the first gate that does, and says which force passes it and what else would block', () => {
    const second = aGate({ ...blocks, reason: 'locked' }, { name: 'lock' });
    expect(askGates([aGate({ kind: 'pass' }), aGate(blocks), second], facts)).toEqual({
      kind: 'blocked',
      gate: 'freeze',
      reason: 'frozen',
      what: 'Deploys are frozen.',
      next:
        'Wait. To pass this gate all the same, set `force: freeze` with `override-reason`. ' +
        'The gate lock would block as well.',
    });
  });

  it('says so where no force passes the gate', () => {
    expect(askGates([held], facts, forced('hold'))).toEqual({
      kind: 'blocked',
      gate: 'hold',
      reason: 'held',
      what: 'It is held.',
      next: 'Wait. No `force` passes this.',
    });
  });

  it('does not ask a gate that has no say in this kind of change', () => {
    const facing = { ...facts, kind: 'manual-rollback' } as const;
    expect(askGates([aGate(blocks)], facing)).toEqual(admitted);
  });

  it('warns and passes where a gate does not know', () => {
    expect(askGates([aGate({ kind: 'unknown', why: 'The token may not read checks.' })], facts)).toEqual({
      ...admitted,
      warnings: ['The gate freeze could not be asked and let this pass: The token may not read checks.'],
    });
  });

  it('passes by force the gate that it names, and says so', () => {
    expect(askGates([aGate(blocks)], facts, forced('freeze'))).toEqual({
      ...admitted,
      warnings: ['The gate freeze was passed by force (hotfix for #12): Deploys are frozen.'],
    });
  });

  it('passes no gate that force does not name, and says how both would be', () => {
    const second = aGate({ ...blocks, reason: 'locked', what: 'It is locked.' }, { name: 'lock' });
    expect(askGates([aGate(blocks), second], facts, forced('freeze'))).toEqual({
      kind: 'blocked',
      gate: 'lock',
      reason: 'locked',
      what: 'It is locked.',
      next: 'Wait. To pass this gate all the same, set `force: freeze, lock` with `override-reason`.',
    });
  });

  it.each<[string, Gate]>([
    ['passes by itself', aGate({ kind: 'pass' })],
    ['does not know', aGate({ kind: 'unknown', why: 'Nobody told.' })],
    ['has no say', aGate(blocks, { asks: ['automatic-restore'] })],
  ])('notes for the log that force was not needed: a gate that %s', (_, gate) => {
    expect(askGates([gate], facts, forced('freeze'))).toMatchObject({
      kind: 'admitted',
      notes: ['`force` names freeze, which does not block: there is nothing to pass.'],
    });
  });
});

describe('a rehearsal of the gates', () => {
  it('names every gate that would block, and which force would pass it', () => {
    const lock = aGate({ ...blocks, reason: 'locked', what: 'It is locked.' }, { name: 'lock' });
    const asked = [
      aGate(blocks),
      held,
      lock,
      aGate({ kind: 'unknown', why: 'Nobody told.' }, { name: 'quiet' }),
    ];
    expect(
      gatesInDryRun([aGate({ kind: 'pass' }, { name: 'calm' }), ...asked], facts, forced('lock', 'calm')),
    ).toEqual([
      'It would be blocked (blocked/frozen): Deploys are frozen. ' +
        'To pass this gate all the same, set `force: lock, calm, freeze` with `override-reason`.',
      'It would be blocked (blocked/held): It is held. No `force` passes this.',
      'The gate lock would be passed by force (hotfix for #12): It is locked.',
      'The gate quiet could not be asked and let this pass: Nobody told.',
      '`force` names calm, which does not block: there is nothing to pass.',
    ]);
  });

  it('is silent where all pass', () => {
    expect(gatesInDryRun([aGate({ kind: 'pass' })], facts)).toEqual([]);
  });
});

describe('the gate older-than-live', () => {
  it('refuses a commit older than the live one', () => {
    const older: GateFacts = { ...facts, commitOrder: { kind: 'older', liveCommit: liveOne } };
    expect(askGates(gates, older)).toEqual({
      kind: 'blocked',
      gate: 'older-than-live',
      reason: 'older-than-live',
      what: 'The commit aaaaaaa is older than bbbbbbb, which serves.',
      next:
        'Deploy the newest commit, or use the rollback action to go back on purpose. ' +
        'To pass this gate all the same, set `force: older-than-live` with `override-reason`.',
    });
  });

  it.each(['newer', 'same', 'diverged'] as const)('passes a commit that is %s', (kind) => {
    const admission = askGates(gates, { ...facts, commitOrder: { kind, liveCommit: liveOne } });
    expect(admission).toEqual(admitted);
  });

  it('passes when nothing serves or the live commit was never told', () => {
    expect(askGates(gates, facts)).toEqual(admitted);
  });

  it('warns when the history could not be asked', () => {
    const admission = askGates(gates, {
      ...facts,
      commitOrder: { kind: 'unknown', why: 'GitHub answered 404.' },
    });
    expect(admission).toEqual({
      ...admitted,
      warnings: ['The gate older-than-live could not be asked and let this pass: GitHub answered 404.'],
    });
  });

  it('is passed by force, and never asks a rollback', () => {
    const older: GateFacts = { ...facts, commitOrder: { kind: 'older', liveCommit: liveOne } };
    expect(askGates(gates, older, forced('older-than-live')).kind).toBe('admitted');
    expect(askGates(gates, { ...older, kind: 'manual-rollback' }).kind).toBe('admitted');
  });
});

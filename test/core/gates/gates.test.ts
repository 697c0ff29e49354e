import { describe, expect, it } from 'vitest';
import { askGates } from '../../../packages/core/src/gates/ask-gates.ts';
import type { Gate, GateAnswer, GateFacts } from '../../../packages/core/src/gates/gate.ts';
import { gates } from '../../../packages/core/src/gates/gates.ts';

const [mine, liveOne] = ['a'.repeat(40), 'b'.repeat(40)];
const facts: GateFacts = { kind: 'deploy', live: { kind: 'nothing' }, commit: mine };
const blocks: GateAnswer = { kind: 'blocked', reason: 'frozen', what: 'Deploys are frozen.', next: 'Wait.' };

function aGate(answer: GateAnswer, fields: Partial<Gate> = {}): Gate {
  return { name: 'freeze', forcible: true, asks: ['deploy'], answer: () => answer, ...fields };
}

describe('asking the gates', () => {
  it('admits when every gate passes', () => {
    expect(askGates([aGate({ kind: 'pass' })], facts)).toEqual({ kind: 'admitted', warnings: [] });
  });

  it('blocks with the first gate that does', () => {
    const second = aGate({ ...blocks, reason: 'locked' }, { name: 'lock' });
    expect(askGates([aGate({ kind: 'pass' }), aGate(blocks), second], facts)).toEqual({
      kind: 'blocked',
      gate: 'freeze',
      reason: 'frozen',
      what: 'Deploys are frozen.',
      next: 'Wait.',
    });
  });

  it('does not ask a gate that has no say in this kind of change', () => {
    const facing = { ...facts, kind: 'manual-rollback' } as const;
    expect(askGates([aGate(blocks)], facing)).toEqual({ kind: 'admitted', warnings: [] });
  });

  it('warns and passes where a gate does not know', () => {
    expect(askGates([aGate({ kind: 'unknown', why: 'The token may not read checks.' })], facts)).toEqual({
      kind: 'admitted',
      warnings: ['The gate freeze could not be asked and let this pass: The token may not read checks.'],
    });
  });

  it('passes by force what may be passed, and says so', () => {
    expect(askGates([aGate(blocks)], facts, 'hotfix for #12')).toEqual({
      kind: 'admitted',
      warnings: ['The gate freeze was passed by force (hotfix for #12): Deploys are frozen.'],
    });
  });

  it('passes by no force what may not be passed', () => {
    expect(askGates([aGate(blocks, { forcible: false })], facts, 'please').kind).toBe('blocked');
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
      next: 'Deploy the newest commit, or use the rollback action to go back on purpose.',
    });
  });

  it.each(['newer', 'same', 'diverged'] as const)('passes a commit that is %s', (kind) => {
    const admission = askGates(gates, { ...facts, commitOrder: { kind, liveCommit: liveOne } });
    expect(admission).toEqual({ kind: 'admitted', warnings: [] });
  });

  it('passes when nothing serves or the live commit was never told', () => {
    expect(askGates(gates, facts)).toEqual({ kind: 'admitted', warnings: [] });
  });

  it('warns when the history could not be asked', () => {
    const admission = askGates(gates, {
      ...facts,
      commitOrder: { kind: 'unknown', why: 'GitHub answered 404.' },
    });
    expect(admission).toEqual({
      kind: 'admitted',
      warnings: ['The gate older-than-live could not be asked and let this pass: GitHub answered 404.'],
    });
  });

  it('is passed by force, and never asks a rollback', () => {
    const older: GateFacts = { ...facts, commitOrder: { kind: 'older', liveCommit: liveOne } };
    expect(askGates(gates, older, 'on purpose').kind).toBe('admitted');
    expect(askGates(gates, { ...older, kind: 'manual-rollback' }).kind).toBe('admitted');
  });
});

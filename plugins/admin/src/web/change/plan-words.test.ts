import { describe, expect, it } from '@jest/globals';
import { change, plan } from '../fixtures/fake-kernel.ts';
import { consequencesOf, planSummary } from './plan-words.ts';

const texts = (more: Parameters<typeof change>[1]) =>
  consequencesOf(change('notes', more)).map(({ tone, text, names }) => `${tone}: ${[text, ...names].join(' ')}`);

describe('consequencesOf', () => {
  it('says what finishes first, and what changes', () => {
    expect(texts({ leases: 3, settings: ['maxNotes'], fromVersion: '1.0.0', toVersion: '1.1.0' })).toEqual([
      'plain: 3 streams or runs finish on the old one first',
      'plain: Version 1.0.0 becomes 1.1.0',
      'plain: A setting changes maxNotes',
    ]);
  });

  it('puts new rights, moved records and a gap before the rest, as something to think about', () => {
    const found = texts({
      action: 'restart',
      leases: 1,
      permissions: { added: ['network: api.example.com'], removed: [] },
      migrations: [{ entity: 'note', from: 1, to: 2 }],
    });
    expect(found).toEqual([
      'signal: Requests that come in between find nobody',
      'signal: May from now on network: api.example.com',
      'signal: Records of note move from version 1 to 2',
      'plain: 1 stream or run finishes on the old one first',
    ]);
  });

  it('says which addresses and places come and go', () => {
    const routes = { added: ['GET /a'], removed: ['GET /b', 'GET /c'] };
    expect(texts({ routes, slots: { added: [], removed: ['thread.panel/notes'] } })).toEqual([
      'plain: Leaves the page thread.panel/notes',
      'plain: 1 address is added GET /a',
      'plain: 2 addresses go GET /b GET /c',
    ]);
  });
});

describe('planSummary', () => {
  it('says one sentence about the whole', () => {
    const changes = [change('chat', { leases: 2 }), change('notes'), change('agents')];
    expect(planSummary(plan(changes))).toBe(
      'chat is replaced without a pause, and 2 other plugins change with it. 2 streams or runs finish first.',
    );
    expect(planSummary(plan([change('notes', { action: 'stop' })]))).toBe('notes stops.');
    expect(planSummary(plan())).toBe('Nothing changes in what runs.');
  });
});

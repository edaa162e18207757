import { describe, expect, it } from '@jest/globals';
import { NO_OPTIONS } from './asked-with.ts';
import { afterAnswer, emptyQueue, enqueue, takeNext, withoutTurn } from './turn-queue.ts';

const turn = (id: string) => ({ id, text: id, model: 'demo/guide', options: NO_OPTIONS });
const two = enqueue(enqueue(emptyQueue, turn('a')), turn('b'));

describe('the queue of turns', () => {
  it('gives turns in the order they were queued', () => {
    const first = takeNext(two);
    expect([first.next?.id, takeNext(first.rest).next?.id, takeNext(takeNext(first.rest).rest).next]).toEqual([
      'a',
      'b',
      undefined,
    ]);
  });

  it('pauses after a stop or a failure and says why', () => {
    expect([afterAnswer(two, 'stopped').pausedBy, afterAnswer(two, 'failed').pausedBy]).toEqual(['stopped', 'failed']);
  });

  it('goes on after a success', () => {
    expect(afterAnswer(afterAnswer(two, 'stopped'), 'success').pausedBy).toBeUndefined();
  });

  it('sends an urgent turn first, after the stop it asked for', () => {
    const urgent = afterAnswer(enqueue(two, { ...turn('now'), isUrgent: true }), 'stopped');
    expect([takeNext(urgent).next?.id, urgent.pausedBy]).toEqual(['now', undefined]);
  });

  it('is not paused when nothing waits', () => {
    expect(afterAnswer(emptyQueue, 'failed')).toEqual(emptyQueue);
  });

  it('forgets a removed turn, and the pause with the last one', () => {
    const paused = afterAnswer(two, 'failed');
    expect([withoutTurn(paused, 'a').turns.map(({ id }) => id), withoutTurn(withoutTurn(paused, 'a'), 'b')]).toEqual([
      ['b'],
      emptyQueue,
    ]);
  });
});

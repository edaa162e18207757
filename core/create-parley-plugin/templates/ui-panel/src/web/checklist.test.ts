import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addItem, setDone, withoutDone } from './checklist.ts';

describe('the checklist', () => {
  const one = addItem([], '1', ' Read the answer ');

  it('takes words and nothing else', () => {
    assert.deepEqual(one, [{ id: '1', text: 'Read the answer', isDone: false }]);
    assert.equal(addItem(one, '2', '  '), one);
  });

  it('forgets what is done', () => {
    assert.deepEqual(withoutDone(setDone(one, '1', true)), []);
    assert.deepEqual(withoutDone(setDone(one, '2', true)), one);
  });
});

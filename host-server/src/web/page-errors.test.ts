import { expect, it } from '@jest/globals';
import { createPageErrors } from './page-errors.ts';

function setUp() {
  const lines: unknown[] = [];
  const none = () => undefined;
  const log = { debug: none, info: none, error: none, warn: (_text: string, fields?: object) => lines.push(fields) };
  return { lines, errors: createPageErrors(log, (id) => id === 'notes') };
}
const failure = { pluginId: 'notes', place: 'thread.panel/notes', message: 'broken', isStopped: false };

it('failures of web sides are counted and the last one is kept', () => {
  const { errors } = setUp();
  errors.report(failure, 'ada');
  errors.report({ ...failure, message: 'broken again', isStopped: true }, 'ada');
  expect(errors.of('notes')).toMatchObject({ errors: 2, stops: 1, lastError: { message: 'broken again' } });
});

it('a page that reports without end does not fill the log', () => {
  const { errors, lines } = setUp();
  for (let count = 0; count < 100; count += 1) errors.report(failure, 'ada');
  expect(errors.of('notes')?.errors).toBe(100);
  expect(lines.length).toBeLessThanOrEqual(40);
});

it('a plugin that does not run here is not counted', () => {
  const { errors, lines } = setUp();
  errors.report({ ...failure, pluginId: 'stranger' }, 'ada');
  expect([errors.of('stranger'), lines]).toEqual([undefined, []]);
});

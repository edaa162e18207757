import { describe, expect, it } from '@jest/globals';
import type { TraceEntry } from '@parley/contracts';
import { testCall } from '../fixtures/calls.ts';
import { boom, createTest, define } from '../fixtures/hooks.ts';

function createTraced() {
  const entries: TraceEntry[] = [];
  const test = createTest();
  const told = () => entries.map((entry) => ('outcome' in entry ? [entry.pluginId, entry.outcome] : entry));
  return { ...test, entries, told, traced: { ...testCall, trace: (entry: TraceEntry) => void entries.push(entry) } };
}

describe('a traced call', () => {
  it('tells what each tap of a waterfall made of the value, in order', async () => {
    const { registry, tap, entries, told, traced } = createTraced();
    const hook = define('waterfall');
    tap(hook, 'shouts', (value: string) => value.toUpperCase());
    tap(hook, 'looks', () => undefined);
    expect(await registry.hook(hook).run('quiet', traced)).toBe('QUIET');
    expect(told()).toEqual([
      ['shouts', 'changed'],
      ['looks', 'passed'],
    ]);
    expect(entries[0]).toMatchObject({ hook: 'test.waterfall', input: 'quiet', output: 'QUIET' });
  });

  it('tells the verdict of a gate and the words of a failure', async () => {
    const { registry, tap, entries, told, traced } = createTraced();
    const gate = define('gate');
    tap(gate, 'kind', () => ({ allow: true }));
    tap(gate, 'strict', () => ({ allow: false, code: 'NO', message: 'no' }));
    tap(gate, 'broken', boom);
    await registry.hook(gate).run('x', traced);
    expect(told()).toEqual(
      expect.arrayContaining([
        ['kind', 'allowed'],
        ['strict', 'denied'],
        ['broken', 'failed'],
      ]),
    );
    expect(entries.find((entry) => entry.kind === 'tap' && entry.outcome === 'failed')?.error).toContain('broken');
  });

  it('tells whether a tap around a call changed it, answered for it, or let it be', async () => {
    const { registry, tap, told, traced } = createTraced();
    const hook = define('around');
    tap(hook, 'passes', (value: string, next: (value: string) => Promise<string>) => next(value));
    tap(hook, 'changes', (value: string, next: (value: string) => Promise<string>) => next(`${value}!`));
    tap(hook, 'answers', async () => 'mine');
    await registry.hook(hook).run('x', async () => 'base', traced);
    expect(told()).toEqual([
      ['answers', 'answered'],
      ['changes', 'changed'],
      ['passes', 'passed'],
    ]);
  });

  it('counts what a stream tap let through and keeps the first parts it changed', () => {
    const { registry, tap, entries, traced } = createTraced();
    const hook = define('stream', 'skip');
    tap(hook, 'censor', () => ({
      onPart: (part: string, emit: (part: string) => void) => void (part === 'bad' || emit(part)),
    }));
    const out: string[] = [];
    const pipe = registry.hook(hook).open('', (part) => out.push(part), traced);
    for (const part of ['a', 'bad', 'b']) pipe.push(part);
    pipe.end();
    expect(out).toEqual(['a', 'b']);
    expect(entries).toEqual([
      expect.objectContaining({
        kind: 'stream',
        pluginId: 'censor',
        partsIn: 3,
        partsOut: 2,
        changedParts: 1,
        changed: [{ input: 'bad', output: [] }],
      }),
    ]);
  });

  it('tells of a stream tap that was taken out, with its error', () => {
    const { registry, tap, entries, traced } = createTraced();
    const hook = define('stream', 'skip');
    tap(hook, 'broken', () => ({ onPart: boom }));
    const pipe = registry.hook(hook).open('', () => undefined, traced);
    pipe.push('a');
    pipe.push('b');
    pipe.end();
    expect(entries).toEqual([expect.objectContaining({ pluginId: 'broken', partsIn: 1, error: 'boom' })]);
  });
});

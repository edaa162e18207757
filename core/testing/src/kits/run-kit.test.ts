import { describe, expect, it } from '@jest/globals';
import { defineKit, skip } from './kit.ts';
import type { KitCase } from './kit.ts';
import { runKit, runKitToReport } from './run-kit.ts';

const makeCase = (name: string, run: () => void, timeoutMs = 1_000): KitCase<string> => ({
  name,
  timeoutMs,
  run: async () => run(),
});

const kit = defineKit<string>({
  capability: 'thing',
  cases: [
    makeCase('passes', () => undefined),
    makeCase('fails', () => {
      throw new Error('a broken promise');
    }),
    makeCase('does not apply', () => skip('there is no such thing')),
    { name: 'never ends', timeoutMs: 20, run: () => new Promise(() => undefined) },
  ],
});

describe('runKitToReport', () => {
  it('tells of every case what came of it', async () => {
    const report = await runKitToReport(kit, () => ({ value: 'subject', dispose: () => undefined }));
    expect(report.results.map(({ outcome }) => outcome)).toEqual(['passed', 'failed', 'skipped', 'failed']);
    expect(report).toMatchObject({ capability: 'thing', passed: 1, failed: 2, skipped: 1 });
    expect(report.results[1]?.reason).toContain('a broken promise');
    expect(report.results[2]?.reason).toBe('there is no such thing');
  });

  it('gives each case a subject of its own and disposes of it, also after a failure', async () => {
    let made = 0;
    let disposed = 0;
    const makeSubject = () => {
      made += 1;
      return {
        value: 'subject',
        dispose: () => {
          disposed += 1;
        },
      };
    };
    const cases = kit.cases.filter(({ name }) => name !== 'never ends');
    await runKitToReport({ ...kit, cases }, makeSubject);
    expect([made, disposed]).toEqual([3, 3]);
  });

  it('reports a subject that can not be made as a failure of the case', async () => {
    const report = await runKitToReport(kit, () => Promise.reject(new Error('no server')));
    expect(report.failed).toBe(4);
  });
});

describe('runKit', () => {
  it('registers each case under the capability with its time limit', () => {
    const registered: [string, number][] = [];
    runKit(kit, () => ({ value: 'subject', dispose: () => undefined }), {
      describe: (name, define) => {
        registered.push([name, 0]);
        define();
      },
      it: (name, _, timeoutMs) => registered.push([name, timeoutMs]),
    });
    expect(registered.slice(0, 2)).toEqual([
      ['kit thing', 0],
      ['passes', 1_000],
    ]);
  });
});

describe('defineKit', () => {
  it('refuses two cases of one name', () => {
    const same = makeCase('same', () => undefined);
    expect(() => defineKit({ capability: 'thing', cases: [same, same] })).toThrow('two cases named "same"');
  });
});

import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openStartLog } from './start-log.ts';

const dataFolder = () => mkdtempSync(join(tmpdir(), 'parley-starts-'));
const third = { firstParty: false };
const first = { firstParty: true };

interface Seen {
  readonly code: number | null;
  readonly signal: string | null;
  readonly states: readonly { id: string; state: string; reason?: string }[];
}

/** Runs a real process until it ends. */
function run(dataDir: string, moment: string, then = 'stay'): Promise<Seen> {
  const program = join(import.meta.dirname, 'fixtures', 'deadly-host.ts');
  const child = spawn(process.execPath, ['--conditions=parley:source', program, dataDir, moment, then]);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ code, signal, states: text === '' ? [] : (JSON.parse(text) as Seen['states']) });
    });
  });
}

describe('a plugin that ends the process', () => {
  it('in its setup, twice, is skipped at the third start, which serves the rest; reset lifts it', async () => {
    const dataDir = dataFolder();
    expect((await run(dataDir, 'setup')).code).toBe(7);
    expect((await run(dataDir, 'setup')).code).toBe(7);
    const third = await run(dataDir, 'setup', 'stop');
    expect(third).toMatchObject({
      code: 0,
      states: [
        { id: 'fine', state: 'ready' },
        {
          id: 'deadly',
          state: 'quarantined',
          reason: 'the process ended 2 times in a row while it started; reset it to try again',
        },
      ],
    });
    expect((await run(dataDir, 'never', 'reset')).code).toBe(0);
    expect((await run(dataDir, 'never', 'stop')).states[1]).toMatchObject({ id: 'deadly', state: 'ready' });
  }, 60_000);

  it('shortly after its start is skipped just so', async () => {
    const dataDir = dataFolder();
    expect((await run(dataDir, 'later')).signal).toBe('SIGKILL');
    expect((await run(dataDir, 'later')).signal).toBe('SIGKILL');
    const { states } = await run(dataDir, 'later', 'stop');
    expect(states).toMatchObject([
      { id: 'fine', state: 'ready' },
      { id: 'deadly', state: 'quarantined', reason: expect.stringContaining('within a minute of its start') },
    ]);
  }, 60_000);
});

describe('the log of starts', () => {
  /** A start that ends without a word. */
  const die = (dataDir: string, ...started: readonly string[]) => {
    const log = openStartLog(dataDir);
    for (const id of started) log.begin(id, third)();
    log.settle();
    return log;
  };

  it('suspects nobody after an orderly end', () => {
    const dataDir = dataFolder();
    for (let time = 0; time < 3; time += 1) die(dataDir, 'rag').clear();
    expect(openStartLog(dataDir).held).toEqual({});
  });

  it('forgives one end of the process', () => {
    const dataDir = dataFolder();
    die(dataDir, 'rag');
    die(dataDir, 'rag').clear();
    die(dataDir, 'rag');
    expect(openStartLog(dataDir).held).toEqual({});
  });

  it('suspects the plugin whose setup was running before those that were through', () => {
    const dataDir = dataFolder();
    for (let time = 0; time < 2; time += 1) {
      const log = openStartLog(dataDir);
      log.begin('done', third)();
      log.begin('rag', third);
    }
    expect(Object.keys(openStartLog(dataDir).held)).toEqual(['rag']);
  });

  it('suspects a first-party plugin only when no other was starting', () => {
    const dataDir = dataFolder();
    for (let time = 0; time < 2; time += 1) {
      const log = openStartLog(dataDir);
      log.begin('notes', first);
      log.begin('rag', third);
    }
    expect(Object.keys(openStartLog(dataDir).held)).toEqual(['rag']);
  });

  it('suspects nobody of an end in the middle of a migration', () => {
    const dataDir = dataFolder();
    for (let time = 0; time < 5; time += 1) {
      const log = openStartLog(dataDir);
      log.begin('done', third)();
      log.begin('rag', third);
      log.prepare('rag');
    }
    expect(openStartLog(dataDir).held).toEqual({});
  });

  it('suspects the plugin again once its records are migrated', () => {
    const dataDir = dataFolder();
    for (let time = 0; time < 2; time += 1) {
      const log = openStartLog(dataDir);
      log.begin('rag', third);
      log.prepare('rag')();
    }
    expect(Object.keys(openStartLog(dataDir).held)).toEqual(['rag']);
  });

  it('keeps holding a plugin until it starts again', () => {
    const dataDir = dataFolder();
    die(dataDir, 'rag');
    die(dataDir, 'rag');
    openStartLog(dataDir).clear();
    const log = openStartLog(dataDir);
    expect(Object.keys(log.held)).toEqual(['rag']);
    log.begin('rag', third)();
    log.clear();
    expect(openStartLog(dataDir).held).toEqual({});
  });

  it('begins anew when its file can not be read', () => {
    const dataDir = dataFolder();
    die(dataDir, 'rag');
    writeFileSync(join(dataDir, 'starts.json'), '{"starting":["ra');
    die(dataDir, 'rag');
    expect(openStartLog(dataDir).held).toEqual({});
  });
});

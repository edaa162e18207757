import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { kernelContract } from '@parley/contracts';
import { createControlClient } from '../control/index.ts';

const MAIN = join(import.meta.dirname, '../main.ts');
const ROUNDS = 4;

describe('a host that is killed while it is changed', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-crash-'));
  const operator = createControlClient(kernelContract, dataDir);
  let program: ChildProcess;
  afterAll(() => void program.kill('SIGKILL'));

  const start = async () => {
    program = spawn(process.execPath, ['--conditions=parley:source', MAIN], {
      cwd: dataDir,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        PARLEY_DATA: dataDir,
        PARLEY_CONFIG: '',
        PORT: '0',
        PARLEY_LOG: 'silent',
      },
    });
    let printed = '';
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes('Parley is ready')) resolve();
      };
      program.stdout?.on('data', read);
      program.stderr?.on('data', read);
      program.once('exit', () => reject(new Error(`The host did not start: ${printed}`)));
    });
  };
  const kill = async () => {
    const ended = new Promise((resolve) => program.once('exit', resolve));
    program.kill('SIGKILL');
    await ended;
  };
  const maxNotes = async () => {
    const { plugins, version } = await operator.plugins({});
    return { version, max: plugins.find(({ id }) => id === 'notes')?.settings['maxNotesPerConversation'] };
  };

  it('starts again with the version before or after, never with a broken one', async () => {
    let asked = 0;
    let confirmed = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      await start();
      const { version, max = 0 } = await maxNotes();
      expect(version).toBe(max);
      expect(version).toBeGreaterThanOrEqual(confirmed);
      expect(version).toBeLessThanOrEqual(asked);
      asked = version;
      confirmed = version;
      // Killed in the middle of a row of changes, at another place each time.
      for (let change = 0; change <= round * 2; change += 1) {
        asked += 1;
        const applied = operator.apply({
          changes: [{ do: 'configure', id: 'notes', settings: { maxNotesPerConversation: asked } }],
        });
        if (change === round * 2) {
          const outcome = applied.then(
            () => (confirmed = asked),
            () => undefined,
          );
          await new Promise((resolve) => setImmediate(resolve));
          await kill();
          await outcome;
        } else {
          await applied;
          confirmed = asked;
        }
      }
    }
    await start();
    expect((await maxNotes()).version).toBeGreaterThanOrEqual(confirmed);
    await kill();
  }, 60_000);
});

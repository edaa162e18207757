import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkIntegrity } from '../lib/integrity.ts';
import { MODEL } from '../lib/ledger.ts';
import { createOutage } from '../lib/outage.ts';
import { createPerson } from '../lib/person.ts';
import { readiness } from '../lib/readiness.ts';
import type { Scenario } from '../lib/scenario.ts';
import { findPort, startServer } from '../lib/server.ts';

const STREAMS = 3;
const PIECE_MS = 20;
const PLUGINS = [`{ use: provider-demo, config: { pieceDelayMs: ${PIECE_MS}, firstPieceDelayMs: 0 } }`];
const REFUSAL = { status: 503, code: 'STORAGE_UNAVAILABLE' };

/** Keeps everybody from writing to `file`; gives the way to let go. */
async function holdLock(file: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../fixtures/hold-lock.ts'), file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return async () => {
    child.stdin.end();
    await once(child, 'exit');
  };
}

/** S8 on SQLite: another process keeps the database locked. */
export const databaseLocked: Scenario = {
  id: 'A33',
  title: 'another process keeps the SQLite database locked',
  loops: { full: 3, short: 1 },
  async play({ loops, folder, isShort, isSabotaged, wrong }) {
    const outageMs = isShort ? 7_000 : 10_000;
    const options = { dataDir: `${folder}/data`, port: await findPort(), plugins: PLUGINS };
    const server = await startServer(options);
    const person = await createPerson(() => server.url);
    const outage = createOutage({ person, expected: REFUSAL, model: MODEL, wrong });
    let recoveredMs = 0;
    for (let loop = 1; loop <= loops; loop += 1) {
      await outage.stream(STREAMS, Math.round((outageMs * 0.6) / PIECE_MS));
      const release = await holdLock(join(options.dataDir, 'parley.db'));
      const untilMs = performance.now() + outageMs;
      const enduring = outage.endure(() => performance.now() > untilMs);
      await pause(outageMs - 1_000);
      const { status, reasons } = await readiness(server.url);
      if (status !== 'degraded' || reasons === '')
        wrong(`/health/ready says ${status} of a locked database: ${reasons}`);
      await pause(1_000);
      await release();
      await enduring;
      recoveredMs = Math.max(recoveredMs, await outage.recover());
      if (isSabotaged && loop === 1) outage.ledger.forge();
      await outage.finish();
    }
    const integrity = checkIntegrity(options.dataDir);
    if (integrity !== 'ok') wrong(`integrity_check: ${integrity}`);
    if (!server.isAlive()) wrong('the server has ended');
    await server.stop();
    const { lost, doubled } = outage.audit.findings;
    const refused = [...outage.ledger.refusals.values()].reduce((sum, count) => sum + count, 0);
    if (refused === 0) wrong('nothing was refused: the lock did not hold');
    return {
      acknowledged: outage.ledger.acknowledged.length,
      refused,
      lost: lost.size,
      doubled: doubled.size,
      'slowest read ms': outage.slowestReadMs(),
      'recovered ms': Math.round(recoveredMs),
      integrity,
    };
  },
};

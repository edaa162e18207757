import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkIntegrity } from '../lib/integrity.ts';
import { MODEL } from '../lib/ledger.ts';
import { createOutage } from '../lib/outage.ts';
import { createPerson } from '../lib/person.ts';
import { readiness } from '../lib/readiness.ts';
import type { Scenario } from '../lib/scenario.ts';
import { findPort, startServer } from '../lib/server.ts';

const MEGABYTES = 32;
const STREAMS = 3;
const PIECE_MS = 20;
const PLUGINS = [`{ use: provider-demo, config: { pieceDelayMs: ${PIECE_MS}, firstPieceDelayMs: 0 } }`];
const REFUSAL = { status: 507, code: 'STORAGE_FULL' };

/** Takes all space that is left, to the last byte. */
function fill(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (let size = 1_024 * 1_024; size >= 1; ) {
      try {
        writeSync(descriptor, Buffer.alloc(size));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        size = Math.floor(size / 4);
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

const freeBytes = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

/** S9: the disk of the data folder runs full. */
export const diskFull: Scenario = {
  id: 'A34',
  title: `the disk runs full (a file system of ${MEGABYTES} MB)`,
  loops: { full: 5, short: 1 },
  lacks: () =>
    process.platform === 'linux' && process.getuid?.() === 0
      ? undefined
      : 'only root on Linux may mount the small file system that it fills',
  async play({ loops, folder, isShort, isSabotaged, wrong }) {
    const dataDir = join(folder, 'data');
    const ballast = join(dataDir, 'ballast');
    mkdirSync(dataDir);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m,mode=0700`, 'tmpfs', dataDir]);
    try {
      const server = await startServer({ dataDir, port: await findPort(), plugins: PLUGINS });
      const person = await createPerson(() => server.url);
      const outage = createOutage({ person, expected: REFUSAL, model: MODEL, wrong });
      const outageMs = isShort ? 4_000 : 10_000;
      let recoveredMs = 0;
      for (let loop = 1; loop <= loops; loop += 1) {
        await outage.stream(STREAMS, Math.round((outageMs * 0.6) / PIECE_MS));
        fill(ballast);
        const untilMs = performance.now() + outageMs;
        const enduring = outage.endure(() => performance.now() > untilMs);
        await pause(outageMs - 1_000);
        const { status, reasons } = await readiness(server.url);
        if (status !== 'degraded' || reasons === '') wrong(`/health/ready says ${status} of a full disk: ${reasons}`);
        if (freeBytes(dataDir) > 64 * 1_024) fill(ballast);
        await enduring;
        rmSync(ballast);
        recoveredMs = Math.max(recoveredMs, await outage.recover());
        if (isSabotaged && loop === 1) outage.ledger.forge();
        await outage.finish();
      }
      const integrity = checkIntegrity(dataDir);
      if (integrity !== 'ok') wrong(`integrity_check: ${integrity}`);
      if (!server.isAlive()) wrong(`the server has ended: ${server.output()}`);
      await server.stop();
      const { lost, doubled } = outage.audit.findings;
      const refused = outage.ledger.refusals.get(REFUSAL.code) ?? 0;
      if (refused === 0) wrong('nothing was refused: the disk was not full');
      return {
        acknowledged: outage.ledger.acknowledged.length,
        refused,
        lost: lost.size,
        doubled: doubled.size,
        'slowest read ms': outage.slowestReadMs(),
        'recovered ms': Math.round(recoveredMs),
        integrity,
      };
    } finally {
      execFileSync('umount', ['-l', dataDir]);
    }
  },
};

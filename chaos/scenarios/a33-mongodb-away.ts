import { setTimeout as pause } from 'node:timers/promises';
import { startFaultProxy } from '@parley/testing';
import { startTestServer } from '../../plugins/storage-mongo/src/server/fixtures/test-server.ts';
import { lacksMongoDb } from '../lib/lacks-mongodb.ts';
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

/** S8: the network to the database server goes silent. */
export const mongodbAway: Scenario = {
  id: 'A33-MONGO',
  title: 'the network to MongoDB is silent',
  loops: { full: 2, short: 1 },
  lacks: lacksMongoDb,
  async play({ loops, folder, isShort, isSabotaged, say, wrong }) {
    const outageMs = isShort ? 6_000 : 30_000;
    const database = await startTestServer();
    say(`database server: ${database.name}`);
    const proxy = await startFaultProxy(database.url.replace(/^mongodb:/, 'http:'));
    const env = { MONGODB_URI: `mongodb://127.0.0.1:${proxy.port}/chaos_${Date.now()}?directConnection=true` };
    try {
      const server = await startServer({ dataDir: `${folder}/data`, port: await findPort(), plugins: PLUGINS, env });
      const person = await createPerson(() => server.url);
      const outage = createOutage({ person, expected: REFUSAL, model: MODEL, canRead: false, wrong });
      let recoveredMs = 0;
      for (let loop = 1; loop <= loops; loop += 1) {
        await outage.stream(STREAMS, Math.round((outageMs * 0.6) / PIECE_MS));
        proxy.set({ silent: true });
        const untilMs = performance.now() + outageMs;
        const enduring = outage.endure(() => performance.now() > untilMs);
        await pause(outageMs - 2_000);
        const { code, status, reasons } = await readiness(server.url);
        if (code !== 503 || reasons === '') wrong(`/health/ready says ${code} ${status}: ${reasons}`);
        await pause(2_000);
        proxy.set({});
        const startedMs = performance.now();
        await outage.recover();
        recoveredMs = Math.max(recoveredMs, performance.now() - startedMs);
        await enduring;
        if (isSabotaged && loop === 1) outage.ledger.forge();
        await outage.finish();
      }
      if (!server.isAlive()) wrong('the server has ended');
      await server.stop();
      const { lost, doubled } = outage.audit.findings;
      const refused = outage.ledger.refusals.get(REFUSAL.code) ?? 0;
      if (refused === 0) wrong('nothing was refused: the database was not away');
      return {
        acknowledged: outage.ledger.acknowledged.length,
        refused,
        lost: lost.size,
        doubled: doubled.size,
        'recovered ms': Math.round(recoveredMs),
      };
    } finally {
      await proxy.stop();
      await database.stop();
    }
  },
};

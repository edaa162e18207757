import { setTimeout as pause } from 'node:timers/promises';
import { createAudit } from '../lib/audit.ts';
import { checkIntegrity } from '../lib/integrity.ts';
import { createLedger, newRequest, newText } from '../lib/ledger.ts';
import type { Ledger, SendRequest } from '../lib/ledger.ts';
import { createPerson } from '../lib/person.ts';
import type { Random } from '../lib/random.ts';
import type { Scenario } from '../lib/scenario.ts';
import { findPort, startServer } from '../lib/server.ts';
import type { Server } from '../lib/server.ts';

const EVERY_MS = 50;
const EARLIEST_MS = 50;
const LATEST_MS = 1_500;
const PLUGINS = ['{ use: provider-demo, config: { pieceDelayMs: 4, firstPieceDelayMs: 5 } }'];

/** Begins a conversation, or says the next thing after an answer that is likely to have ended, once after each. */
function createRequests(ledger: Ledger, random: Random): () => SendRequest {
  let followed = 0;
  return () => {
    const text = newText();
    const earlier = ledger.acknowledged[followed]?.receipt;
    const isOld = followed < ledger.acknowledged.length - 8;
    if (earlier === undefined || !isOld || random.next() < 0.5) return newRequest(text);
    followed += 1;
    return newRequest(text, { conversationId: earlier.conversationId, parentId: earlier.messageId });
  };
}

/** Sends 20 messages in a second until the server is killed; resolves when each has a reply or never will. */
async function sendUntilKilled(server: Server, afterMs: number, send: () => Promise<unknown>): Promise<void> {
  const killed = pause(afterMs).then(() => server.kill());
  const sending: Promise<unknown>[] = [];
  while (server.isAlive()) {
    sending.push(send());
    await pause(EVERY_MS);
  }
  await Promise.all([killed, ...sending]);
}

/** S1: the server is killed while messages are sent, again and again. */
export const killWhileSending: Scenario = {
  id: 'A01',
  title: 'kill -9 while 20 messages a second are sent',
  loops: { full: 200, short: 4 },
  async play({ loops, random, folder, isSabotaged, say, wrong }) {
    const options = { dataDir: `${folder}/data`, port: await findPort(), plugins: PLUGINS };
    const ledger = createLedger();
    const nextRequest = createRequests(ledger, random);
    let integrity = 'ok';
    let unanswered = 0;
    let server = await startServer(options);
    const person = await createPerson(() => server.url);
    const audit = createAudit(person);
    for (let loop = 1; loop <= loops; loop += 1) {
      const afterMs = random.between(EARLIEST_MS, LATEST_MS);
      await sendUntilKilled(server, afterMs, () => ledger.send(person, nextRequest()));
      if (isSabotaged && loop === 1) ledger.forge();
      server = await startServer(options);
      const sent = ledger.takeNew();
      unanswered += sent.filter(({ receipt }) => receipt === undefined).length;
      await audit.repeat(sent);
      const said = checkIntegrity(options.dataDir);
      if (said !== 'ok') integrity = said;
      if (loop % 10 === 0) say(`loop ${loop}: ${ledger.acknowledged.length} acknowledged`);
    }
    // What an early crash spared may have gone in a later one.
    await audit.look(ledger.acknowledged);
    await server.stop();
    const { lost, doubled, stuck, problems } = audit.findings;
    problems.forEach(wrong);
    if (integrity !== 'ok') wrong(`integrity_check: ${integrity}`);
    const acknowledged = ledger.acknowledged.length;
    return { acknowledged, unanswered, lost: lost.size, doubled: doubled.size, stuck: stuck.size, integrity };
  },
};

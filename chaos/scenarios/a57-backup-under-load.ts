import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createAudit } from '../lib/audit.ts';
import { parleyJson } from '../lib/command.ts';
import { checkIntegrity } from '../lib/integrity.ts';
import { createLedger, newRequest, newText } from '../lib/ledger.ts';
import type { Sent } from '../lib/ledger.ts';
import { createPerson } from '../lib/person.ts';
import type { Person } from '../lib/person.ts';
import type { Scenario } from '../lib/scenario.ts';
import { findPort, startServer } from '../lib/server.ts';
import { textOfMessage } from '../lib/text.ts';

const EVERY_MS = 50;
const PLUGINS = ['{ use: provider-demo, config: { pieceDelayMs: 4, firstPieceDelayMs: 5 } }'];

/** What `parley restore --json` says of the backup it read. */
interface Restored {
  readonly records: number;
  readonly archive: { readonly footer: { readonly collections: unknown } };
}

/** Of messages that came while the backup was made, each is there with its answer or not at all. */
async function countHalves(person: Person, sent: readonly Sent[]): Promise<number> {
  let halves = 0;
  for (const { text, receipt } of sent) {
    const messages = receipt ? await person.messagesOf(receipt.conversationId) : [];
    const hasPrompt = messages.some((message) => message.role === 'user' && textOfMessage(message) === text);
    if (hasPrompt !== messages.some(({ id }) => id === receipt?.messageId)) halves += 1;
  }
  return halves;
}

/** A backup of a server that is used, restored elsewhere. */
export const backupUnderLoad: Scenario = {
  id: 'A57',
  title: 'a backup while 20 messages a second are sent, restored elsewhere',
  loops: { full: 10, short: 1 },
  async play({ loops, folder, isSabotaged, say, wrong }) {
    const port = await findPort();
    const options = { dataDir: `${folder}/data`, port, plugins: PLUGINS };
    let server = await startServer(options);
    const person = await createPerson(() => server.url);
    const ledger = createLedger();
    let [records, equal, halves, lost, doubled] = [0, 0, 0, 0, 0];
    for (let loop = 1; loop <= loops; loop += 1) {
      const sending: Promise<unknown>[] = [];
      const timer = setInterval(() => sending.push(ledger.send(person, newRequest(newText()))), EVERY_MS);
      await pause(1_500);
      const before = [...ledger.acknowledged];
      const file = `${folder}/backup.parley`;
      await parleyJson(options.dataDir, 'backup', file, '--with-key');
      clearInterval(timer);
      await Promise.all(sending);
      const during = ledger.acknowledged.slice(before.length);
      await server.stop();
      const [there, again] = [`${folder}/there`, `${folder}/again`];
      const first = await parleyJson<Restored>(there, 'restore', file);
      await parleyJson(there, 'backup', `${file}.again`, '--with-key');
      const second = await parleyJson<Restored>(again, 'restore', `${file}.again`);
      ({ records } = first);
      const hashes = [first, second].map(({ archive }) => JSON.stringify(archive.footer.collections));
      if (hashes[0] === hashes[1] && !(isSabotaged && loop === 1)) equal += 1;
      else wrong(`the restored database is another one: ${hashes.join(' and ')}`);
      server = await startServer({ ...options, dataDir: there });
      const audit = createAudit(person);
      if (isSabotaged && loop === 1) ledger.forge();
      await audit.repeat([...before, ...ledger.acknowledged.slice(before.length + during.length)]);
      halves += await countHalves(person, during);
      const integrity = checkIntegrity(there);
      if (integrity !== 'ok') wrong(`integrity_check of the restored database: ${integrity}`);
      lost += audit.findings.lost.size;
      doubled += audit.findings.doubled.size;
      audit.findings.problems.forEach(wrong);
      await server.stop();
      server = await startServer(options);
      for (const path of [there, again, file, `${file}.again`]) await rm(path, { recursive: true, force: true });
      say(`loop ${loop}: ${before.length} messages before the backup, ${during.length} while it was made`);
    }
    if (halves > 0) wrong(`${halves} messages are in the backup without their answer`);
    await server.stop();
    return { acknowledged: ledger.acknowledged.length, records, equal, lost, doubled, halves };
  },
};

import { setTimeout as pause } from 'node:timers/promises';
import { createLedger, newRequest, newText } from '../lib/ledger.ts';
import { createPerson } from '../lib/person.ts';
import type { Person } from '../lib/person.ts';
import { findDifference, startReader } from '../lib/reader.ts';
import type { Reader } from '../lib/reader.ts';
import type { Scenario } from '../lib/scenario.ts';
import { findPort, startServer } from '../lib/server.ts';
import { textOfEvents, textOfMessage } from '../lib/text.ts';

const STREAMS = 3;
const WORDS = 1_500;
const INTERRUPTED_WITHIN_MS = 3_000;
/** 100 pieces in a second. */
const PLUGINS = ['{ use: provider-demo, config: { pieceDelayMs: 10, firstPieceDelayMs: 0 } }'];

interface Stream {
  readonly runId: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly reader: Reader;
}

async function openStream(person: Person): Promise<Stream> {
  const sent = await createLedger().send(person, newRequest(newText(WORDS)));
  if (!('receipt' in sent) || sent.receipt === undefined) throw new Error('the message was not taken');
  const { runId, conversationId, messageId } = sent.receipt;
  return { runId, conversationId, messageId, reader: startReader(person, runId) };
}

/** What is wrong with an answer after the restart; nothing when it is as promised. */
async function examine(person: Person, stream: Stream, readyAtMs: number): Promise<readonly string[]> {
  const { runId, conversationId, messageId, reader } = stream;
  const problems: string[] = [];
  const leftMs = readyAtMs + INTERRUPTED_WITHIN_MS - performance.now();
  const run = await person.ended(runId, leftMs).catch(() => undefined);
  if (run?.state !== 'interrupted') problems.push(`is ${run?.state ?? 'still running'} 3 s after the restart`);
  const log = await person.log(runId);
  const difference = findDifference(reader.seen, log);
  if (difference !== undefined) problems.push(difference);
  const message = (await person.messagesOf(conversationId)).find(({ id }) => id === messageId);
  const text = textOfMessage(message);
  if (message?.state !== 'interrupted') problems.push(`its message is ${message?.state ?? 'missing'}`);
  if (text !== textOfEvents(log)) problems.push('its message is not what its log says');
  if (!text.startsWith(textOfEvents(reader.seen))) problems.push('its message lacks what was shown');
  return problems.map((problem) => `run ${runId} ${problem}`);
}

/** S2: the server is killed while answers stream. */
export const killWhileStreaming: Scenario = {
  id: 'A07',
  title: 'kill -9 while answers stream at 100 pieces a second',
  loops: { full: 100, short: 3 },
  async play({ loops, random, folder, isSabotaged, say, wrong }) {
    const options = { dataDir: `${folder}/data`, port: await findPort(), plugins: PLUGINS };
    let server = await startServer(options);
    const person = await createPerson(() => server.url);
    let [interrupted, shown, slowestMs] = [0, 0, 0];
    for (let loop = 1; loop <= loops; loop += 1) {
      const streams = await Promise.all(Array.from({ length: STREAMS }, () => openStream(person)));
      await Promise.all(streams.map(({ reader }) => reader.has(5)));
      await pause(random.between(50, 2_000));
      await server.kill();
      await Promise.all(streams.map(({ reader }) => reader.ended));
      if (isSabotaged && loop === 1) streams[0]?.reader.forge();
      server = await startServer(options);
      for (const stream of streams) {
        const problems = await examine(person, stream, server.readyAtMs);
        slowestMs = Math.max(slowestMs, performance.now() - server.readyAtMs);
        problems.forEach(wrong);
        if (problems.length === 0) interrupted += 1;
        shown += stream.reader.seen.length;
      }
      const { items } = await person.chat.activeRuns({});
      for (const { id } of items) wrong(`run ${id} is stuck`);
      if (loop % 10 === 0) say(`loop ${loop}: ${interrupted} of ${loop * STREAMS} answers interrupted as promised`);
    }
    await server.stop();
    return { streams: loops * STREAMS, interrupted, 'events shown': shown, 'slowest ms': Math.round(slowestMs) };
  },
};

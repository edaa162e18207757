import { setTimeout as pause } from 'node:timers/promises';
import { isAppError } from '@parley/contracts';
import { eventually } from '../../e2e/eventually.ts';
import { newRequest, newText } from '../lib/ledger.ts';
import { createPerson } from '../lib/person.ts';
import type { Person } from '../lib/person.ts';
import { findDifference, startReader } from '../lib/reader.ts';
import type { Reader } from '../lib/reader.ts';
import type { Scenario } from '../lib/scenario.ts';
import { findPort, startServer } from '../lib/server.ts';
import { textOfEvents, textOfMessage } from '../lib/text.ts';

const STREAMS = 20;
/** Half of the answers end within the time they are given; the others are cut off at its end. */
const BRIEF_WORDS = 40;
const LONG_WORDS = 20_000;
const PLUGINS = ['{ use: provider-demo, config: { pieceDelayMs: 20, firstPieceDelayMs: 0 } }'];

interface Stream {
  readonly isBrief: boolean;
  readonly runId: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly reader: Reader;
}

async function openStream(person: Person, isBrief: boolean): Promise<Stream> {
  const receipt = await person.chat.send(newRequest(newText(isBrief ? BRIEF_WORDS : LONG_WORDS)));
  return { ...receipt, isBrief, reader: startReader(person, receipt.runId) };
}

/** What the server says of itself and of a new message right after it was asked to end. */
async function checkRefusals(person: Person, url: string, wrong: (problem: string) => void): Promise<void> {
  await eventually(async () => {
    const { status } = await fetch(`${url}/health/ready`);
    if (status !== 503) throw new Error(`/health/ready is ${status}`);
  }, 1_000).catch((error: unknown) => wrong(`not seen as stopping within a second: ${String(error)}`));
  const refusal = await person.chat.send(newRequest(newText())).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!isAppError(refusal, 'CHAT_DRAINING')) wrong(`a new message while it stops gives ${String(refusal)}`);
}

async function examine(person: Person, stream: Stream): Promise<readonly string[]> {
  const { runId, conversationId, messageId, reader, isBrief } = stream;
  const expected = isBrief ? 'complete' : 'interrupted';
  const message = (await person.messagesOf(conversationId)).find(({ id }) => id === messageId);
  const text = textOfMessage(message);
  const difference = findDifference(reader.seen, await person.log(runId));
  return [
    ...(message?.state === expected ? [] : [`is ${message?.state ?? 'missing'} and not ${expected}`]),
    ...(difference === undefined ? [] : [difference]),
    ...(text.startsWith(textOfEvents(reader.seen)) ? [] : ['lacks what was shown']),
    ...(reader.seen.at(-1)?.type === 'run-end' ? [] : ['did not tell its readers that it ended']),
  ].map((problem) => `run ${runId} ${problem}`);
}

/** S14: the server is asked to end while answers stream. */
export const stopWhileStreaming: Scenario = {
  id: 'A28',
  title: `SIGTERM with ${STREAMS} streams`,
  loops: { full: 3, short: 1 },
  async play({ loops, folder, isShort, isSabotaged, wrong }) {
    const drainSeconds = isShort ? 4 : 30;
    const env = { PARLEY_DRAIN_SECONDS: String(drainSeconds) };
    const options = { dataDir: `${folder}/data`, port: await findPort(), plugins: PLUGINS, env };
    let server = await startServer(options);
    const person = await createPerson(() => server.url);
    let [kept, slowestMs, code] = [0, 0, 0];
    for (let loop = 1; loop <= loops; loop += 1) {
      const streams = await Promise.all(
        Array.from({ length: STREAMS }, (_, index) => openStream(person, index % 2 === 0)),
      );
      await Promise.all(streams.map(({ reader }) => reader.has(5)));
      await pause(200);
      const askedAtMs = performance.now();
      const stopping = server.stop();
      await checkRefusals(person, server.url, wrong);
      code = await stopping;
      const tookMs = performance.now() - askedAtMs;
      slowestMs = Math.max(slowestMs, tookMs);
      if (code !== 0) wrong(`the exit code is ${code}`);
      if (tookMs > (drainSeconds + 5) * 1_000) wrong(`it took ${Math.round(tookMs)} ms to end`);
      await Promise.all(streams.map(({ reader }) => reader.ended));
      if (isSabotaged && loop === 1) streams[0]?.reader.forge();
      server = await startServer(options);
      for (const stream of streams) {
        const problems = await examine(person, stream);
        problems.forEach(wrong);
        if (problems.length === 0) kept += 1;
      }
    }
    await server.stop();
    return { streams: loops * STREAMS, kept, 'exit code': code, 'slowest s': (slowestMs / 1_000).toFixed(1) };
  },
};

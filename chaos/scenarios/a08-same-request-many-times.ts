import { isAppError } from '@parley/contracts';
import { startFaultProxy } from '@parley/testing';
import { newRequest, newText } from '../lib/ledger.ts';
import type { SendRequest } from '../lib/ledger.ts';
import { CHAOS_MODEL, startModel } from '../lib/model.ts';
import { createPerson } from '../lib/person.ts';
import type { Person } from '../lib/person.ts';
import type { Scenario } from '../lib/scenario.ts';
import { findPort, startServer } from '../lib/server.ts';

const COPIES = 50;
const PIECES = 20;

/** The runs that so many identical requests were told of, and how many of them got no reply. */
async function sendCopies(person: Person, request: SendRequest, count: number) {
  const outcomes = await Promise.allSettled(Array.from({ length: count }, () => person.chat.send(request)));
  const runs = new Set(outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value.runId] : [])));
  const reasons = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  const refused = reasons.filter((reason) => !isAppError(reason) || !reason.code.startsWith('CLIENT_'));
  return { runs, refused, dropped: reasons.length - refused.length };
}

/** S5: the same request many times at once, with replies cut off and a restart in between. */
export const sameRequestManyTimes: Scenario = {
  id: 'A08',
  title: `${COPIES} identical requests at once, replies dropped, a restart in between`,
  loops: { full: 20, short: 2 },
  async play({ loops, random, folder, isSabotaged, wrong }) {
    const model = await startModel(PIECES, 20);
    const options = { dataDir: `${folder}/data`, port: await findPort(), plugins: [model.plugin] };
    let server = await startServer(options);
    const proxy = await startFaultProxy(server.url);
    const direct = await createPerson(() => server.url);
    const person = await createPerson(() => proxy.url);
    let [runs, messages, calls, dropped, doubled] = [0, 0, 0, 0, 0];
    for (let loop = 1; loop <= loops; loop += 1) {
      const text = newText();
      const request = newRequest(text, { model: CHAOS_MODEL });
      // The request arrives whole; of its reply nothing, or a part, comes back.
      proxy.set({ cutAfterBytes: random.between(0, 120) });
      const first = await sendCopies(person, request, COPIES);
      const once = await sendCopies(direct, request, 1);
      const isKilled = random.next() < 0.5;
      await (isKilled ? server.kill() : server.stop());
      server = await startServer(options);
      proxy.cut();
      proxy.set({});
      const second = await sendCopies(person, request, COPIES);
      const all = new Set([...first.runs, ...once.runs, ...second.runs]);
      if (isSabotaged && loop === 1) all.add('forged');
      for (const reason of [...first.refused, ...second.refused]) wrong(`a copy was refused: ${String(reason)}`);
      const [runId = ''] = all;
      await person.ended(runId, 15_000).catch((error: unknown) => wrong(String(error)));
      const found = await person.messagesOf(request.newConversationId ?? '');
      const prompts = found.filter(({ role }) => role === 'user').length;
      const answers = found.filter(({ role }) => role === 'assistant').length;
      const asked = model.asked.filter((words) => words.includes(text)).length;
      if (all.size !== 1 || prompts !== 1 || answers !== 1 || asked > 1) {
        doubled += 1;
        wrong(`"${text}": ${all.size} runs, ${prompts} prompts, ${answers} answers, ${asked} calls of the model`);
      }
      const other = { ...request, parts: [{ type: 'text' as const, text: newText() }] };
      const refusal = await person.chat.send(other).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!isAppError(refusal, 'CHAT_KEY_REUSED')) wrong(`another body with the same key gives ${String(refusal)}`);
      [runs, messages, calls, dropped] = [runs + all.size, messages + prompts, calls + asked, dropped + first.dropped];
    }
    await proxy.stop();
    await server.stop();
    model.stop();
    return {
      requests: loops * (2 * COPIES + 1),
      'replies dropped': dropped,
      runs,
      messages,
      'calls of the model': calls,
      doubled,
    };
  },
};

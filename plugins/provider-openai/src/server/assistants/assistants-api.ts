import { ModelInfo } from '@parley/contracts';
import type { ModelEvent, ModelRequest } from '@parley/contracts';
import { toResultText } from '@parley/provider';
import type OpenAI from 'openai';
import type { AnswerApi, Question } from '../answer-api.ts';
import { missingTools } from '../built-in-tools.ts';
import type { Config } from '../config.ts';
import { asServerError } from '../openai-errors.ts';
import { requestIdOf, streamAnswer } from '../stream-answer.ts';
import { toThreadMessages } from './messages.ts';
import { toRunBody } from './run-body.ts';
import { RunDecoder } from './run-decoder.ts';
import { familyOf, findWaitingRun } from './run-state.ts';

const PAGE = 100;
const TIDY_WITHIN_MS = 10_000;

async function listModels(client: OpenAI, signal: AbortSignal): Promise<readonly ModelInfo[]> {
  const { data } = await client.beta.assistants.list({ limit: PAGE }, { signal });
  return data.map(({ id, name, description }) =>
    ModelInfo.parse({
      id,
      name: name || id,
      ...(description ? { description } : {}),
      abilities: { tools: true, vision: false, files: false, webSearch: false },
    }),
  );
}

/** Removes a thread and whatever still runs in it. */
function removeThread(client: OpenAI, thread: string): void {
  // Not awaited: the answer is over, and a server that is slow here must not hold it up.
  client.beta.threads.delete(thread, { signal: AbortSignal.timeout(TIDY_WITHIN_MS) }).catch(() => undefined);
}

/** Begins a run in a new thread; a thread in which none could begin is removed. */
async function beginRun(
  { client, request, files }: Pick<Question, 'client' | 'request' | 'files'>,
  { provider, signal, onThread }: { provider: string; signal: AbortSignal; onThread: (thread: string) => void },
): Promise<Response> {
  const own =
    request.tools.length === 0 ? [] : (await client.beta.assistants.retrieve(request.model, { signal })).tools;
  const body = toRunBody(request, provider, own);
  const { id } = await client.beta.threads.create({ messages: toThreadMessages(request.messages, files) }, { signal });
  try {
    const response = await client.beta.threads.runs.create(id, body, { signal }).asResponse();
    onThread(id);
    return response;
  } catch (error) {
    removeThread(client, id);
    throw error;
  }
}

/** Gives a run what its tools gave; nothing where the run does not wait any more. */
async function continueRun(
  client: OpenAI,
  { messages }: Pick<ModelRequest, 'messages'>,
  { family, signal, onThread }: { family: string; signal: AbortSignal; onThread: (thread: string) => void },
): Promise<Response | undefined> {
  const found = findWaitingRun(messages, family);
  if (!found) return undefined;
  const { thread, run } = found.waiting;
  const outputs = found.calls.map((call) => ({ tool_call_id: call.callId, output: toResultText(call) }));
  const body = { thread_id: thread, tool_outputs: outputs, stream: true as const };
  try {
    const response = await client.beta.threads.runs.submitToolOutputs(run, body, { signal }).asResponse();
    onThread(thread);
    return response;
  } catch (error) {
    const { status } = asServerError(error);
    if (status !== 400 && status !== 404) throw error;
    removeThread(client, thread);
    return undefined;
  }
}

/** Answers of assistants: a thread for each request, which is removed with its answer unless it waits for tools. */
export function createAssistantsApi(config: Config): AnswerApi {
  const provider = config.title;
  const family = familyOf(config);
  return {
    listModels,
    reads: ['text'],
    async *ask(question): AsyncGenerator<ModelEvent> {
      const { request, client, signal } = question;
      toRunBody(request, provider);
      yield* missingTools(request.builtInTools, [], provider);
      let thread: string | undefined;
      let decoder: RunDecoder | undefined;
      const onThread = (id: string) => (thread = id);
      const open = async (closing: AbortSignal): Promise<Response> =>
        (await continueRun(client, request, { family, signal: closing, onThread })) ??
        (await beginRun(question, { provider, signal: closing, onThread }));
      const createDecoder = (response: Response): RunDecoder =>
        (decoder = new RunDecoder({ provider, family, providerRequestId: requestIdOf(response) }));
      try {
        yield* streamAnswer(open, createDecoder, { config, model: request.model, signal });
      } finally {
        if (thread !== undefined && !decoder?.isWaiting) removeThread(client, thread);
      }
    },
  };
}

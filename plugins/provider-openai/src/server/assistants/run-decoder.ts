import { modelErrors } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import { ToolInputs } from '@parley/provider';
import type { EventDecoder } from '@parley/provider';
import type { MessageDeltaEvent } from 'openai/resources/beta/threads/messages';
import type { Run } from 'openai/resources/beta/threads/runs/runs';
import { toUsage } from '../chat/usage.ts';
import { toModelError } from '../openai-errors.ts';
import { parseEvent } from '../parse-event.ts';
import type { WaitingRun } from './run-state.ts';

type Emit = (event: ModelEvent) => void;

interface Facts {
  readonly provider: string;
  /** What runs that wait for tools are kept under. */
  readonly family: string;
  readonly providerRequestId: string | undefined;
}

/** What compatible servers and Azure add to the run. */
type EndedRun = Run & { readonly error?: unknown };

/** Turns the events of one run into model events. */
export class RunDecoder implements EventDecoder {
  readonly #facts: Facts;
  #run: Run | undefined;
  #isRefusal = false;
  #hasPicture = false;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** Whether the run goes on once it hears what tools gave. */
  get isWaiting(): boolean {
    return this.#run?.status === 'requires_action';
  }

  decode(data: string, event: string, emit: Emit): void {
    if (this.#run || data === '[DONE]') return;
    switch (event) {
      case 'thread.message.delta':
        return this.#say(parseEvent(data, this.#facts.provider) as MessageDeltaEvent, emit);
      case 'thread.run.requires_action':
      case 'thread.run.completed':
      case 'thread.run.incomplete':
        this.#run = parseEvent(data, this.#facts.provider) as Run;
        return;
      case 'thread.run.failed':
      case 'thread.run.expired':
      case 'thread.run.cancelled': {
        const { last_error: error } = parseEvent(data, this.#facts.provider) as EndedRun;
        throw toModelError(error ?? {}, this.#facts);
      }
      case 'error': {
        const failed = parseEvent(data, this.#facts.provider) as EndedRun;
        throw toModelError(failed.error ?? failed, this.#facts);
      }
    }
  }

  end(emit: Emit): void {
    const { provider, providerRequestId } = this.#facts;
    const run = this.#run;
    if (!run) throw modelErrors.UNAVAILABLE({ provider, reason: 'the stream ended early' });
    if (this.#hasPicture) {
      const text = 'The assistant made a picture, which stays at the provider: only its words are shown.';
      emit({ type: 'notice', level: 'warning', text });
    }
    this.#call(run, emit);
    if (run.usage) emit({ type: 'usage', usage: toUsage(run.usage) });
    emit({ type: 'finish', reason: this.#reasonOf(run), ...(providerRequestId ? { providerRequestId } : {}) });
  }

  #say({ delta }: MessageDeltaEvent, emit: Emit): void {
    for (const block of delta?.content ?? []) {
      if (block.type === 'image_file') this.#hasPicture = true;
      if (block.type === 'refusal') this.#isRefusal = true;
      const text = block.type === 'text' ? block.text?.value : block.type === 'refusal' ? block.refusal : '';
      if (text) emit({ type: 'text', text });
    }
  }

  #call(run: Run, emit: Emit): void {
    const asked = run.required_action?.submit_tool_outputs.tool_calls ?? [];
    const waiting: WaitingRun = { thread: run.thread_id, run: run.id, calls: asked.map(({ id }) => id) };
    const opaque = { family: this.#facts.family, data: { ...waiting, calls: [...waiting.calls] } };
    const inputs = new ToolInputs(this.#facts.provider);
    for (const { id, function: wanted } of asked) {
      inputs.add(id, { callId: id, name: wanted.name, json: wanted.arguments, opaque });
    }
    inputs.endAll(emit);
  }

  #reasonOf(run: Run): Extract<ModelEvent, { type: 'finish' }>['reason'] {
    if (run.incomplete_details?.reason) return 'length';
    if (this.#isRefusal) return 'content-filter';
    return this.isWaiting ? 'tool-calls' : 'stop';
  }
}

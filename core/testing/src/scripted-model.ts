import { modelErrors, modelProvider, ModelInfo } from '@parley/contracts';
import type { ModelEvent, ModelRequest } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import type { AnyPlugin } from '@parley/kernel';

/** A place in a script where the model waits until the test lets it go on. */
export interface Gate {
  /** Resolves once the model stands here. */
  readonly reached: Promise<void>;
  open(): void;
}

interface HeldGate extends Gate {
  readonly reach: () => void;
  readonly opened: Promise<void>;
}

/** A gate for one place of one script. */
export function createGate(): Gate {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  const gate: HeldGate = {
    reached: reached.promise,
    reach: reached.resolve,
    open: opened.resolve,
    opened: opened.promise,
  };
  return gate;
}

/** What a scripted answer does next: gives an event, waits at a gate, or fails. */
export type ScriptStep = ModelEvent | Gate | Error;

/** A model provider that answers what the test says. */
export interface ScriptedModel {
  readonly plugin: AnyPlugin;
  /** Id of its one model as people pick it: `scripted/model`. */
  readonly modelId: string;
  /** Requests it has received. */
  readonly requests: readonly ModelRequest[];
  /** How many answers are being given now. */
  readonly running: () => number;
  /** Sets the next answer; further calls queue further answers. `finish` is added where it is missing. */
  answer(...steps: readonly ScriptStep[]): void;
}

const KEY = 'scripted';
const MODEL = 'model';

/** A plugin that provides one model whose answers the test writes beforehand; without a script it says `ok`. */
export function scriptedModel(): ScriptedModel {
  const scripts: (readonly ScriptStep[])[] = [];
  const requests: ModelRequest[] = [];
  let running = 0;
  const info = ModelInfo.parse({ id: MODEL, name: 'Scripted model' });
  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    if (request.model !== MODEL) throw modelErrors.NOT_FOUND({ model: request.model, known: [MODEL] });
    requests.push(request);
    running += 1;
    try {
      yield* play(scripts.shift() ?? [{ type: 'text', text: 'ok' }], signal);
    } finally {
      running -= 1;
    }
  }
  return {
    modelId: `${KEY}/${MODEL}`,
    requests,
    running: () => running,
    answer: (...steps) => void scripts.push(steps),
    plugin: definePlugin({
      id: 'scripted-model',
      version: '1.0.0',
      kernel: '^1.0.0',
      provides: [modelProvider],
      setup: (ctx) =>
        ctx.provide(modelProvider, { listModels: () => Promise.resolve([info]), stream }, { title: 'Scripted' }, KEY),
    }),
  };
}

async function* play(steps: readonly ScriptStep[], signal: AbortSignal): AsyncGenerator<ModelEvent> {
  for (const step of steps) {
    signal.throwIfAborted();
    if (step instanceof Error) throw step;
    if ('open' in step) await stand(step as HeldGate, signal);
    else yield step;
  }
  const last = steps.at(-1);
  if (!last || !('type' in last) || last.type !== 'finish') yield { type: 'finish', reason: 'stop' };
}

/** Waits for the gate; an abort ends the wait with its reason. */
function stand(gate: HeldGate, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    gate.reach();
    const goOn = async () => {
      await gate.opened;
      signal.removeEventListener('abort', abort);
      resolve();
    };
    void goOn();
  });
}

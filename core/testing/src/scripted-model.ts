import { modelErrors, modelProvider, ModelInfo } from '@parley/contracts';
import type { ModelEvent, ModelRequest } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import type { AnyPlugin, Clock } from '@parley/kernel';
import { isFakeClock } from './fake-clock.ts';
import { standAt } from './gate.ts';
import { script } from './script.ts';
import type { Script, ScriptStep } from './script.ts';

/** A model provider that answers what the test says. */
export interface ScriptedModel {
  readonly plugin: AnyPlugin;
  /** Id of its one model as people pick it: `scripted/model`, or under another key. */
  readonly modelId: string;
  /** Requests it has received. */
  readonly requests: readonly ModelRequest[];
  /** How many answers are being given now. */
  readonly running: () => number;
  /** Sets the next answer; further calls queue further answers. `finish` is added where it is missing. */
  answer(...steps: readonly ScriptStep[]): void;
}

/** What a scripted model says when no answer is queued, and whose time its delays take. */
export interface ScriptedModelOptions {
  /** The answer to every request without a queued one; `ok` without it. */
  readonly always?: Script;
  /** A fake clock is moved on by a delay, which then takes no time. */
  readonly clock?: Clock;
  /** First half of its model's id, for a host with several; `scripted` without it. */
  readonly key?: string;
  /** What its list says of the model beside id and name. */
  readonly info?: Partial<ModelInfo>;
}

const MODEL = 'model';

/** A plugin that provides one model whose answers the test writes beforehand. */
export function scriptedModel({
  always = script`ok`,
  clock,
  key = 'scripted',
  info: said = {},
}: ScriptedModelOptions = {}): ScriptedModel {
  const scripts: Script[] = [];
  const requests: ModelRequest[] = [];
  let running = 0;
  const info = ModelInfo.parse({ name: 'Scripted model', ...said, id: MODEL });
  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    if (request.model !== MODEL) throw modelErrors.NOT_FOUND({ model: request.model, known: [MODEL] });
    requests.push(request);
    running += 1;
    try {
      yield* play(scripts.shift() ?? always, clock, signal);
    } finally {
      running -= 1;
    }
  }
  return {
    modelId: `${key}/${MODEL}`,
    requests,
    running: () => running,
    answer: (...steps) => void scripts.push(steps),
    plugin: definePlugin({
      id: `${key}-model`,
      version: '1.0.0',
      kernel: '^1.0.0',
      provides: [modelProvider],
      setup: (ctx) =>
        ctx.provide(modelProvider, { listModels: () => Promise.resolve([info]), stream }, { title: 'Scripted' }, key),
    }),
  };
}

async function* play(steps: Script, clock: Clock | undefined, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  for (const step of steps) {
    signal.throwIfAborted();
    if (step instanceof Error) throw step;
    if ('open' in step) await standAt(step, signal);
    else if (step.type === 'cut') return;
    else if (step.type === 'delay') await take(step.ms, clock, signal);
    else yield step;
  }
  const last = steps.at(-1);
  if (!last || !('type' in last) || last.type !== 'finish') yield { type: 'finish', reason: 'stop' };
}

/** Lets time pass; an abort ends the wait with its reason. */
function take(ms: number, clock: Clock | undefined, signal: AbortSignal): Promise<void> {
  if (isFakeClock(clock)) return Promise.resolve(clock.advance(ms));
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal.addEventListener('abort', abort, { once: true });
  });
}

import type { ModelEvent, Part } from '@parley/contracts';
import type { Gate } from './gate.ts';

/** Time the model takes before it goes on. */
export interface Delay {
  readonly type: 'delay';
  readonly ms: number;
}

/** The connection to the model breaks: its answer ends without a `finish`. */
export interface Cut {
  readonly type: 'cut';
}

/** What a scripted answer does next: gives an event, takes its time, waits at a gate, breaks off, or fails. */
export type ScriptStep = ModelEvent | Delay | Cut | Gate | Error;

/** One answer of a scripted model, step by step. */
export type Script = readonly ScriptStep[];

/** The model takes its time; a fake clock is moved on instead of waiting. Units: milliseconds. */
export const delay = (ms: number): Delay => ({ type: 'delay', ms });

/** The connection to the model breaks. */
export const cut = (): Cut => ({ type: 'cut' });

/** The model thinks aloud. */
export const think = (text: string): ModelEvent => ({ type: 'reasoning', text });

/** The model asks for a tool. */
export const callTool = (name: string, input: unknown, callId = `call-${name}`): ModelEvent => ({
  type: 'tool-call',
  callId,
  name,
  input,
});

/** The model gives a part that is no text, such as one of a plugin's own type. */
export const show = (part: Part): ModelEvent => ({ type: 'part', part });

/**
 * An answer as it is read: words, and steps between them.
 * Shape: texts and numbers in places are words; any other value is a step. Of the space on both sides of a step one is
 * kept, so that the source can stay readable; each stretch of words is one piece of the stream.
 * @example script`Hello ${delay(10)} world` // "Hello " and, 10 ms later, "world"
 */
export function script(words: TemplateStringsArray, ...places: readonly (ScriptStep | string | number)[]): Script {
  const steps: ScriptStep[] = [];
  let text = '';
  const endText = () => {
    if (text !== '') steps.push({ type: 'text', text });
    text = '';
  };
  words.forEach((next, index) => {
    const isAfterStep = index > 0 && typeof places[index - 1] === 'object';
    text += isAfterStep && endsWithSpace(steps) ? next.replace(/^\s/, '') : next;
    const place = places[index];
    if (place === undefined) return;
    if (typeof place !== 'object') text += String(place);
    else {
      endText();
      steps.push(place);
    }
  });
  endText();
  return steps;
}

/** Whether the words before the last step end with a space, or there are none. */
function endsWithSpace(steps: readonly ScriptStep[]): boolean {
  const before = steps.findLast((step) => 'type' in step && step.type === 'text');
  return before === undefined || ('text' in before && /\s$/.test(before.text));
}

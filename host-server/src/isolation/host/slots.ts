import { toAnswer } from '../wire/answer.ts';
import { remoteMethodsOf } from '../wire/handles.ts';
import { isIterable } from '../wire/known-values.ts';
import type { MethodKind } from '../wire/method-kinds.ts';

type Callback = (...args: readonly unknown[]) => unknown;

/**
 * One thing a child has registered. It stays while the child is replaced: what others hold of the plugin is this, and
 * calls go to the process that runs now.
 */
interface Slot {
  target: object | undefined;
}

/** What the children of one generation have registered, by what it is. */
export interface Slots {
  /** Puts `target` into its slot. Shape: whether the slot is new, so that the host must hear of it. */
  fill(name: string, target: unknown): boolean;
  /** A function that calls the one in a slot, whichever process holds it. */
  callback(name: string): (...args: readonly unknown[]) => Promise<unknown>;
  /** An object with the methods of the one in a slot. */
  implementation(name: string): object;
  /** Whether a process holds it now. */
  isFilled(name: string): boolean;
  /** The process is gone: until there is another one, calls fail. */
  clear(): void;
}

/** Empty slots. `down` says why nobody answers. */
export function createSlots(down: () => Error): Slots {
  const slots = new Map<string, Slot>();
  const targetOf = (name: string): object => {
    const target = slots.get(name)?.target;
    if (target === undefined) throw down();
    return target;
  };
  const failed = (kind: MethodKind, error: unknown): unknown => {
    const result = Promise.reject(error);
    return toAnswer(kind, result, () => ({ next: () => result }));
  };
  const createMethod = (slot: string, method: string, declared: MethodKind): Callback => {
    let kind = declared;
    return (...args) => {
      let answer: unknown;
      try {
        const target = targetOf(slot) as Readonly<Record<string, Callback>>;
        answer = target[method]?.(...args);
      } catch (error) {
        return failed(kind, error);
      }
      if (declared !== 'open') return answer;
      // A method that has answered with a value once is one that answers later, never one that streams.
      if (kind === 'later') return (answer as Promise<unknown>).then((value) => value);
      const learn = (value: unknown) => {
        if (!isIterable(value)) kind = 'later';
      };
      (answer as Promise<unknown>).then(learn, () => undefined);
      return answer;
    };
  };
  return {
    fill(name, target) {
      if (typeof target !== 'function' && (typeof target !== 'object' || target === null)) {
        throw new TypeError(`${name} is neither a function nor an object`);
      }
      const known = slots.get(name);
      if (known !== undefined) {
        known.target = target;
        return false;
      }
      slots.set(name, { target });
      return true;
    },
    callback:
      (name) =>
      async (...args) =>
        await (targetOf(name) as Callback)(...args),
    implementation(name) {
      const methods = remoteMethodsOf(targetOf(name));
      return Object.fromEntries(methods.map(([method, kind]) => [method, createMethod(name, method, kind)]));
    },
    isFilled: (name) => slots.get(name)?.target !== undefined,
    clear() {
      for (const slot of slots.values()) slot.target = undefined;
    },
  };
}

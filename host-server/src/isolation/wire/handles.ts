import type { MethodEntry } from './method-kinds.ts';

const INTERFACES = new WeakMap<object, { readonly target: object; readonly what: string }>();

/** Stands for an object that travels by reference, methods and all, and whose methods must answer later. */
export type InterfaceHandle = { readonly handle: true };

/** `target` as an interface: `what` names it in errors. */
export function byReference(target: object, what: string): InterfaceHandle {
  const handle: InterfaceHandle = { handle: true };
  INTERFACES.set(handle, { target, what });
  return handle;
}

/** What a handle stands for. */
export const targetOf = (value: object): { readonly target: object; readonly what: string } | undefined =>
  INTERFACES.get(value);

const METHODS = new WeakMap<object, readonly MethodEntry[]>();

/** Notes how the methods of something remote answer. */
export const rememberMethods = (remote: object, methods: readonly MethodEntry[]): void =>
  void METHODS.set(remote, methods);

/** How the methods of something remote answer; nothing for what is not. */
export const remoteMethodsOf = (remote: object): readonly MethodEntry[] => METHODS.get(remote) ?? [];

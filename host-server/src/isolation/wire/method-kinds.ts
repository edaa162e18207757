/** How a method answers, as far as its function tells: later, piece by piece, or one of these. */
export type MethodKind = 'later' | 'stream' | 'open';

/** The name of a method and how it answers. */
export type MethodEntry = readonly [name: string, kind: MethodKind];

const HIDDEN = new Set(['constructor', '__proto__', 'then']);

function kindOf(method: unknown): MethodKind {
  const name = Object.prototype.toString.call(method);
  if (name === '[object AsyncFunction]') return 'later';
  return name === '[object AsyncGeneratorFunction]' ? 'stream' : 'open';
}

const valueOf = (holder: object, name: string): unknown => Object.getOwnPropertyDescriptor(holder, name)?.value;

/** The methods of an object, its classes' included; nothing of what every object has. */
export function methodsOf(target: object): readonly MethodEntry[] {
  const found = new Map<string, MethodKind>();
  let holder: object | null = target;
  while (holder !== null && holder !== Object.prototype && holder !== Function.prototype) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (HIDDEN.has(name) || found.has(name)) continue;
      const value = valueOf(holder, name);
      if (typeof value === 'function') found.set(name, kindOf(value));
    }
    holder = Object.getPrototypeOf(holder) as object | null;
  }
  return [...found];
}

/** One method of an object; nothing that `methodsOf` would not name. */
export function methodOf(target: object, name: string): ((...args: readonly unknown[]) => unknown) | undefined {
  if (HIDDEN.has(name)) return undefined;
  let holder: object | null = target;
  while (holder !== null && holder !== Object.prototype && holder !== Function.prototype) {
    if (typeof valueOf(holder, name) === 'function') {
      // Through the object itself: it may stand for another one, with a `this` of its own.
      const method: unknown = Reflect.get(target, name);
      return typeof method === 'function'
        ? (...args) => Reflect.apply(method as () => unknown, target, args)
        : undefined;
    }
    holder = Object.getPrototypeOf(holder) as object | null;
  }
  return undefined;
}

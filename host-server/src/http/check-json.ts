import { invalidInput } from './invalid-input.ts';
import { MAX_JSON_DEPTH, MAX_JSON_KEYS } from './request-limits.ts';

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Refuses JSON that is made to hurt: too deep, too many keys, or with keys that reach into prototypes.
 * @throws HOST_INVALID_INPUT
 */
export function checkJson(value: unknown): void {
  let keys = 0;
  const walk = (node: unknown, depth: number, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    if (depth > MAX_JSON_DEPTH) throw invalidInput([{ path, message: `Nested deeper than ${MAX_JSON_DEPTH} levels` }]);
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) walk(item, depth + 1, `${path}.${index}`);
      return;
    }
    for (const [key, item] of Object.entries(node)) {
      keys += 1;
      if (keys > MAX_JSON_KEYS) throw invalidInput([{ path, message: `More than ${MAX_JSON_KEYS} keys` }]);
      if (FORBIDDEN.has(key)) throw invalidInput([{ path, message: `The key ${key} is not allowed` }]);
      walk(item, depth + 1, path === '' ? key : `${path}.${key}`);
    }
  };
  walk(value, 1, '');
}

import { describe, expect, it } from '@jest/globals';
import { createPrincipal } from '@parley/contracts';
import { createCall, setCallDefaults } from './call-scope.ts';
import { createRootScope, createToken } from './scope.ts';

const system = createPrincipal({ kind: 'system', id: 'notes' });
const { signal } = new AbortController();

describe('a scope', () => {
  const name = createToken<string>('name');

  it('sees what its parent holds, unless it holds its own', () => {
    const parent = createRootScope().set(name, 'parent');
    const child = parent.child();
    expect(child.get(name)).toBe('parent');
    child.set(name, 'child');
    expect([parent.get(name), child.get(name)]).toEqual(['parent', 'child']);
  });

  it('makes a thing when it is first asked for, once for itself and once for each child', () => {
    let made = 0;
    const parent = createRootScope().make(name, () => `made ${(made += 1)}`);
    expect(made).toBe(0);
    expect([parent.get(name), parent.get(name), parent.child().get(name)]).toEqual(['made 1', 'made 1', 'made 2']);
  });

  it('names what it does not hold', () => {
    expect(() => createRootScope().get(name)).toThrow(/name/);
  });

  it('keeps apart two tokens of one name', () => {
    const other = createToken<string>('name');
    const scope = createRootScope().set(name, 'a').set(other, 'b');
    expect([scope.get(name), scope.get(other)]).toEqual(['a', 'b']);
  });
});

describe('a call', () => {
  it('starts from what its scope says', () => {
    const scope = setCallDefaults(createRootScope().child(), system, signal);
    expect(createCall(scope)).toEqual({ principal: system, signal, locale: 'en', requestId: expect.any(String) });
  });

  it('has a request id of its own', () => {
    const scope = setCallDefaults(createRootScope(), system, signal);
    expect(createCall(scope).requestId).not.toBe(createCall(scope).requestId);
  });

  it('does not change what the next one starts from', () => {
    const scope = setCallDefaults(createRootScope(), system, signal);
    createCall(scope, createPrincipal({ kind: 'user', id: 'ann' }));
    expect(createCall(scope).principal).toBe(system);
  });
});

import type { Kernel } from '@parley/kernel';
import { startTurn } from './chat-turn.ts';
import type { ChatOptions, Turn } from './chat-turn.ts';
import { chatWire } from './chat-wire.ts';
import { signUp } from './sign-up.ts';
import type { TestUser } from './sign-up.ts';
import { createSession } from './test-session.ts';

/** Somebody by name; signed up when first named. Awaiting gives their account and browser. */
export interface TestPerson extends Promise<TestUser> {
  /** Says something to a model; nothing needs to be awaited before. */
  chat(text: string, options?: ChatOptions): Turn;
}

/** The people of one host. */
export interface TestPeople {
  readonly person: (name: string) => TestPerson;
  readonly administrator: (name: string) => TestPerson;
}

interface Deps {
  readonly kernel: Kernel;
  readonly url: string;
  /** The model people talk to when they name none. @throws where the host has none of its own */
  readonly model: () => string;
}

/** People of one host, each in a browser of their own; one name is one person. */
export function createPeople({ kernel, url, model }: Deps): TestPeople {
  const people = new Map<string, TestPerson>();
  const find = (name: string, host?: { readonly kernel: Kernel; readonly url: string }): TestPerson => {
    const key = `${host ? 'administrator' : 'user'} ${name}`;
    const known = people.get(key);
    if (known) return known;
    const user = signUp(createSession(url), name, host);
    const person = Object.assign(user, {
      chat: (text: string, options: ChatOptions = {}) =>
        startTurn(
          user.then((account) => account.client(chatWire)),
          text,
          options.model ?? model(),
          options,
        ),
    });
    people.set(key, person);
    return person;
  };
  return { person: (name) => find(name), administrator: (name) => find(name, { kernel, url }) };
}

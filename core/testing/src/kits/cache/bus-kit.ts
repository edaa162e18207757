import assert from 'node:assert/strict';
import { bus } from '@parley/contracts';
import type { Bus } from '@parley/contracts';
import { defineKit } from '../kit.ts';

/** A bus under test. */
export interface BusSubject {
  readonly bus: Bus;
  /** Resolves once everything published so far has been delivered. */
  readonly settle: () => Promise<void>;
}

/** What every `bus` must do. */
export const busKit = defineKit<BusSubject>({
  capability: bus.id,
  cases: [
    {
      name: 'brings a message to every listener of its topic once, and to no other',
      run: async ({ bus: subject, settle }) => {
        const heard: string[] = [];
        subject.subscribe('a', (message) => heard.push(`1 ${message}`));
        subject.subscribe('a', (message) => heard.push(`2 ${message}`));
        subject.subscribe('b', (message) => heard.push(`3 ${message}`));
        await subject.publish('a', 'ring');
        await settle();
        assert.deepEqual(heard.toSorted(), ['1 ring', '2 ring']);
      },
    },
    {
      name: 'keeps the order of one publisher',
      fault: 'reorder',
      run: async ({ bus: subject, settle }) => {
        const heard: string[] = [];
        subject.subscribe('a', (message) => heard.push(message));
        for (const message of ['1', '2', '3', '4', '5']) await subject.publish('a', message);
        await settle();
        assert.deepEqual(heard, ['1', '2', '3', '4', '5']);
      },
    },
    {
      name: 'brings a message of 256 kB over whole',
      fault: 'huge',
      run: async ({ bus: subject, settle }) => {
        const heard: string[] = [];
        subject.subscribe('a', (message) => heard.push(message));
        await subject.publish('a', 'x'.repeat(256 * 1_024));
        await settle();
        assert.deepEqual(
          heard.map((message) => message.length),
          [256 * 1_024],
        );
      },
    },
    {
      name: 'publishes to nobody without an error',
      run: async ({ bus: subject }) => subject.publish('nobody', 'ring'),
    },
    {
      name: 'does not call listeners inside publish',
      run: async ({ bus: subject, settle }) => {
        let isInside = true;
        let wasInside: boolean | undefined;
        subject.subscribe('a', () => {
          wasInside = isInside;
        });
        const published = subject.publish('a', 'ring');
        isInside = false;
        await published;
        await settle();
        assert.equal(wasInside, false);
      },
    },
    {
      name: 'goes on to the other listeners when one throws',
      fault: 'cut',
      run: async ({ bus: subject, settle }) => {
        let heard = 0;
        subject.subscribe('a', () => {
          throw new Error('a listener that throws');
        });
        subject.subscribe('a', () => {
          heard += 1;
        });
        await subject.publish('a', 'ring');
        await subject.publish('a', 'ring');
        await settle();
        assert.equal(heard, 2);
      },
    },
    {
      name: 'calls a listener no more once it is undone, also when it is undone twice',
      fault: 'duplicate',
      run: async ({ bus: subject, settle }) => {
        let heard = 0;
        const listener = () => {
          heard += 1;
        };
        const undo = subject.subscribe('a', listener);
        subject.subscribe('a', listener);
        undo();
        undo();
        await subject.publish('a', 'ring');
        await settle();
        assert.equal(heard, 1);
      },
    },
    {
      name: 'lets a listener subscribe, undo itself and publish',
      run: async ({ bus: subject, settle }) => {
        const heard: string[] = [];
        const undo = subject.subscribe('a', (message) => {
          heard.push(message);
          undo();
          subject.subscribe('b', (answer) => heard.push(answer));
          void subject.publish('b', 'answer');
        });
        await subject.publish('a', 'ring');
        await settle();
        await settle();
        assert.deepEqual(heard, ['ring', 'answer']);
      },
    },
    {
      name: 'brings topics and messages of every kind of text over unchanged',
      run: async ({ bus: subject, settle }) => {
        const texts = ['', '__proto__', 'a*', '\u00e9', 'e\u0301', '😀', 'a\u0000b', 'x'.repeat(100_000)];
        const heard: string[] = [];
        for (const text of texts) subject.subscribe(`topic ${text}`, (message) => heard.push(message));
        for (const text of texts) await subject.publish(`topic ${text}`, text);
        await settle();
        assert.deepEqual(heard, texts);
      },
    },
  ],
});

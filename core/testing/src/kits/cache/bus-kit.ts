import assert from 'node:assert/strict';
import { bus } from '@parley/contracts';
import { defineKit, skip } from '../kit.ts';
import type { KitCase } from '../kit.ts';
import type { BusSubject, ServiceOutage } from './subject.ts';
import { hostileTexts } from './value-cases.ts';

const oneNode: readonly KitCase<BusSubject>[] = [
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
      const heard: string[] = [];
      for (const text of hostileTexts) subject.subscribe(`topic ${text}`, (message) => heard.push(message));
      for (const text of hostileTexts) await subject.publish(`topic ${text}`, text);
      await settle();
      assert.deepEqual(heard, hostileTexts);
    },
  },
];

const needElsewhere = ({ elsewhere }: BusSubject) => elsewhere ?? skip('it reaches one node only');
const needOutage = ({ outage }: BusSubject): ServiceOutage =>
  outage ?? skip('nothing stands behind it that could be away');

const betweenNodes: readonly KitCase<BusSubject>[] = [
  {
    name: 'brings a message to listeners on every node once, in order',
    fault: 'reorder',
    run: async (subject) => {
      const elsewhere = needElsewhere(subject);
      const here: string[] = [];
      const there: string[] = [];
      subject.bus.subscribe('a', (message) => here.push(message));
      elsewhere.subscribe('a', (message) => there.push(message));
      await subject.settle();
      const messages = ['1', '2', '3', '4', '5'];
      for (const message of messages) await subject.bus.publish('a', message);
      await subject.settle();
      assert.deepEqual([here, there], [messages, messages]);
    },
  },
  {
    name: 'brings topics and messages of every kind of text to other nodes unchanged',
    fault: 'huge',
    run: async (subject) => {
      const elsewhere = needElsewhere(subject);
      const heard: string[] = [];
      for (const text of hostileTexts) elsewhere.subscribe(`topic ${text}`, (message) => heard.push(message));
      await subject.settle();
      for (const text of hostileTexts) await subject.bus.publish(`topic ${text}`, text);
      await subject.settle();
      assert.deepEqual(heard, hostileTexts);
    },
  },
  {
    name: 'listens to other nodes no more once nobody does, and again when somebody does',
    run: async (subject) => {
      const elsewhere = needElsewhere(subject);
      const heard: string[] = [];
      const undo = elsewhere.subscribe('a', (message) => heard.push(message));
      await subject.settle();
      undo();
      await subject.settle();
      await subject.bus.publish('a', 'lost');
      await subject.settle();
      elsewhere.subscribe('a', (message) => heard.push(message));
      await subject.settle();
      await subject.bus.publish('a', 'heard');
      await subject.settle();
      assert.deepEqual(heard, ['heard']);
    },
  },
];

const withoutService = (way: 'kill' | 'hang', words: string): KitCase<BusSubject> => ({
  name: `rings on its own node while the service behind it ${words}, and on every node afterwards`,
  fault: way === 'kill' ? 'cut' : 'slow',
  timeoutMs: 60_000,
  run: async (subject) => {
    const outage = needOutage(subject);
    const elsewhere = needElsewhere(subject);
    const here: string[] = [];
    const there: string[] = [];
    subject.bus.subscribe('a', (message) => here.push(message));
    elsewhere.subscribe('a', (message) => there.push(message));
    await subject.settle();
    await outage[way]();
    await subject.bus.publish('a', 'during');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(here, ['during']);
    await outage.mend();
    await subject.settle();
    await subject.bus.publish('a', 'after');
    await subject.settle();
    assert.deepEqual(here, ['during', 'after']);
    // What was rung while the service hung may still arrive when it goes on, or be lost.
    assert.equal(there.at(-1), 'after');
    assert.ok(there.length <= 2);
  },
});

/** What every `bus` must do. */
export const busKit = defineKit<BusSubject>({
  capability: bus.id,
  cases: [...oneNode, ...betweenNodes, withoutService('kill', 'is killed'), withoutService('hang', 'answers nothing')],
});

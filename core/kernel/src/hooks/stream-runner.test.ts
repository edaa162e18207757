import { describe, expect, it } from '@jest/globals';
import type { AnyHook, StreamTap } from '@parley/contracts';
import { testCall } from '../fixtures/calls.ts';
import { createTap } from './registered-tap.ts';
import type { TapFailure, TapFunction } from './registered-tap.ts';
import { createStreamRunner } from './stream-runner.ts';

type Emit = (part: unknown) => void;
const hook: AnyHook = { id: 'test.stream', kind: 'stream', summary: 'For tests.', onError: 'skip', timeoutMs: 0 };
const failing: AnyHook = { ...hook, onError: 'fail' };

function createTest(taps: readonly (readonly [string, TapFunction])[], of: AnyHook = hook, order = {}) {
  const failures: TapFailure[] = [];
  const out: unknown[] = [];
  const registered = taps.map(([pluginId, run]) => createTap({ pluginId, names: [pluginId], position: 0 }, run, order));
  const runner = createStreamRunner(of, registered, (failure) => failures.push(failure));
  return {
    out,
    failures,
    registered,
    open: (opening: unknown = {}) => runner.open(opening, (part) => out.push(part), testCall),
  };
}

const pass = (): StreamTap<unknown> => ({ onPart: (part, emit) => emit(part) });
const double = (): StreamTap<unknown> => ({
  onPart(part, emit) {
    emit(part);
    emit(part);
  },
});
/** Holds everything until the end, or until it breaks at the part `bad`. */
const hold = (): StreamTap<unknown> => {
  const held: unknown[] = [];
  return {
    onPart(part) {
      if (part === 'bad') throw new Error('boom');
      held.push(part);
    },
    onEnd(emit: Emit) {
      for (const part of held.splice(0)) emit(part);
    },
  };
};

describe('a stream hook', () => {
  it('hands parts straight to the sink without taps', () => {
    const sink = () => {};
    const runner = createStreamRunner(hook, [], () => {});
    const pipe = runner.open({}, sink, testCall);
    expect(Object.values(pipe)).toContain(sink);
  });

  it('passes each part through the taps in order', () => {
    const mark = (name: string) => (): StreamTap<unknown> => ({
      onPart: (part, emit) => emit(`${String(part)}${name}`),
    });
    const { open, out } = createTest([
      ['a', mark('a')],
      ['b', mark('b')],
    ]);
    open().push('x');
    expect(out).toEqual(['xab']);
  });

  it('lets a tap drop, split and hold parts', () => {
    const drop = (): StreamTap<unknown> => ({ onPart: (part, emit) => part !== 'no' && emit(part) });
    const { open, out } = createTest([
      ['drop', drop],
      ['double', double],
      ['hold', hold],
    ]);
    const pipe = open();
    pipe.push('no');
    pipe.push('yes');
    expect(out).toEqual([]);
    pipe.end();
    expect(out).toEqual(['yes', 'yes']);
  });

  it('lets what one tap releases at the end pass through the taps after it', () => {
    const { open, out } = createTest([
      ['hold', hold],
      ['double', double],
    ]);
    const pipe = open();
    pipe.push('x');
    pipe.end();
    expect(out).toEqual(['x', 'x']);
  });

  it('gives each stream its own tap', () => {
    const { open, out } = createTest([['hold', hold]]);
    const first = open();
    const second = open();
    first.push('first');
    second.push('second');
    second.end();
    expect(out).toEqual(['second']);
  });

  it('leaves a tap out that wants no part in this stream', () => {
    const { open, out } = createTest([['no', () => undefined]]);
    open().push('x');
    expect(out).toEqual(['x']);
  });

  it('leaves a tap out whose filter does not fit the opening', () => {
    const { open, out } = createTest([['double', double]], hook, { when: { kind: 'audio' } });
    open({ kind: 'text' }).push('x');
    open({ kind: 'audio' }).push('y');
    expect(out).toEqual(['x', 'y', 'y']);
  });

  it('takes a tap that throws out of this stream, releases what it held and loses no part', () => {
    const { open, out, failures } = createTest([
      ['hold', hold],
      ['pass', pass],
    ]);
    const pipe = open();
    pipe.push('one');
    pipe.push('bad');
    pipe.push('two');
    pipe.end();
    expect(out).toEqual(['one', 'bad', 'two']);
    expect(failures.map(({ pluginId }) => pluginId)).toEqual(['hold']);
  });

  it('does not repeat a part that a tap let out before it threw', () => {
    const breaks = (): StreamTap<unknown> => ({
      onPart(part, emit) {
        emit(part);
        throw new Error('boom');
      },
    });
    const { open, out } = createTest([['breaks', breaks]]);
    open().push('x');
    expect(out).toEqual(['x']);
  });

  it('leaves a tap out that throws when it is opened', () => {
    const broken = () => {
      throw new Error('boom');
    };
    const { open, out, failures } = createTest([['broken', broken]]);
    open().push('x');
    expect(out).toEqual(['x']);
    expect(failures).toHaveLength(1);
  });

  it('ends the stream with the error of a tap where its owner says fail', () => {
    const { open } = createTest(
      [
        ['pass', pass],
        ['hold', hold],
      ],
      failing,
    );
    expect(() => open().push('bad')).toThrow(expect.objectContaining({ code: 'KERNEL_HOOK_FAILED' }));
  });

  it('passes an error of the sink on and blames no tap', () => {
    const { registered, failures } = createTest([['pass', pass]]);
    const runner = createStreamRunner(hook, registered, (failure) => failures.push(failure));
    const own = new Error('the reader is gone');
    const pipe = runner.open(
      {},
      () => {
        throw own;
      },
      testCall,
    );
    expect(() => pipe.push('x')).toThrow(own);
    expect(failures).toEqual([]);
    expect(registered[0]?.meter.stats.errors).toBe(0);
  });

  it('lets nothing out after the end', () => {
    let late: Emit = () => {};
    const keeps = (): StreamTap<unknown> => ({
      onPart(part, emit) {
        late = emit;
        emit(part);
      },
    });
    const { open, out } = createTest([['keeps', keeps]]);
    const pipe = open();
    pipe.push('x');
    pipe.end();
    late('late');
    expect(out).toEqual(['x']);
  });

  it('knows no part that a tap lets out after its turn', () => {
    let late: Emit = () => {};
    const keeps = (): StreamTap<unknown> => ({
      onPart(part, emit) {
        late = emit;
        emit(part);
      },
    });
    const { open, out } = createTest([
      ['keeps', keeps],
      ['double', double],
    ]);
    const pipe = open();
    pipe.push('x');
    late('late');
    pipe.push('y');
    pipe.end();
    expect(out).toEqual(['x', 'x', 'y', 'y']);
  });

  it('goes on in order when the reader pushes a part itself', () => {
    const out: unknown[] = [];
    const taps = [double, pass].map((run) => createTap({ pluginId: 'lab', names: ['lab'], position: 0 }, run));
    const pipe = createStreamRunner(hook, taps, () => {}).open(
      {},
      (part) => {
        out.push(part);
        if (part === 'x' && out.length === 1) pipe.push('inner');
      },
      testCall,
    );
    pipe.push('x');
    expect(out).toEqual(['x', 'inner', 'inner', 'x']);
  });

  it('carries a part through a thousand taps', () => {
    const { open, out } = createTest(Array.from({ length: 1_000 }, (_, index) => [`tap-${index}`, pass] as const));
    open().push('x');
    expect(out).toEqual(['x']);
  });

  it('counts the parts of each tap', () => {
    const { open, registered } = createTest([['pass', pass]]);
    const pipe = open();
    pipe.push('a');
    pipe.push('b');
    expect(registered[0]?.meter.stats.calls).toBe(2);
  });
});

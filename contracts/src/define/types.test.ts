import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Where } from '../capabilities/storage-driver.ts';
import type { StoreOf, Transaction } from '../capabilities/store.ts';
import type { CallContext } from '../domain/call-context.ts';
import type { Principal, SystemPrincipal } from '../domain/principal.ts';
import { defineCapability } from './capability.ts';
import type { Dependencies, Live, Optional } from './capability.ts';
import { defineContract, op, sse } from './contract.ts';
import type { Client, Handlers } from './contract.ts';
import { defineEntity } from './entity.ts';
import { defineHook } from './hook.ts';
import type { HookRunner, StreamTap, Tap } from './hook.ts';
import { defineSlot } from './slot.ts';
import type { SlotProps } from './slot.ts';

interface Greeter {
  greet(name: string): string;
}
const arities = { id: 'greeter', version: '1.0.0', descriptor: z.object({}) } as const;
const one = defineCapability<Greeter>()({ ...arities, arity: 'one' });
const keyed = defineCapability<Greeter>()({ ...arities, arity: 'keyed' });
const hookBase = {
  id: 'h',
  summary: 's',
  input: z.string(),
  output: z.number(),
  onError: 'fail',
  timeoutMs: 1,
} as const;
const gate = defineHook({ ...hookBase, kind: 'gate' });
const around = defineHook({ ...hookBase, kind: 'around' });
const stream = defineHook({ ...hookBase, kind: 'stream' });
const note = z.object({ title: z.string(), stars: z.number().default(0) });
const contract = defineContract('notes', '1.0.0', {
  get: op({ method: 'GET', path: '/:id', access: 'user', input: z.object({ id: z.string() }), output: note }),
  watch: sse({ method: 'GET', path: '/watch', access: 'user', input: z.object({}), output: note }),
});
const Note = defineEntity({ name: 'note', schema: note, version: 1, scope: 'user', indexes: [{ fields: ['title'] }] });

/** Holds code that only has to compile; it never runs. */
const compiles = (_code: unknown) => expect(true).toBe(true);

describe('what the types forbid', () => {
  it('a gate that gives no verdict', () => {
    compiles((): Tap<typeof gate> => () => ({ allow: true }));
    // @ts-expect-error a gate must return a verdict
    compiles((): Tap<typeof gate> => () => undefined);
    // @ts-expect-error a denial needs a code and a message
    compiles((): Tap<typeof gate> => () => ({ allow: false }));
  });

  it('an around tap that does not give what the hook gives', () => {
    compiles((): Tap<typeof around> => (value, next) => next(value));
    // @ts-expect-error the answer is a number
    compiles((): Tap<typeof around> => async () => 'text');
  });

  it('a stream tap that emits something else', () => {
    compiles((): Tap<typeof stream> => (): StreamTap<number> => ({ onPart: (part, emit) => emit(part + 1) }));
    // @ts-expect-error parts are numbers
    compiles((): Tap<typeof stream> => () => ({ onPart: (_part, emit) => emit('text') }));
    // @ts-expect-error a stream is opened, not run
    compiles((runner: HookRunner<typeof stream>, call: CallContext) => runner.run('x', call));
  });

  it('a handler whose reply has another shape', () => {
    compiles((): Handlers<typeof contract.operations>['get'] => ({ id }) => ({ title: id }));
    // @ts-expect-error a note has a title
    compiles((): Handlers<typeof contract.operations>['get'] => () => ({ stars: 1 }));
    // @ts-expect-error the input has no name
    compiles((): Handlers<typeof contract.operations>['get'] => ({ name }) => ({ title: name }));
    // @ts-expect-error a stream yields, it does not reply
    compiles((): Handlers<typeof contract.operations>['watch'] => () => ({ title: 'x' }));
  });

  it('a contract served in part', () => {
    // @ts-expect-error watch is missing
    compiles((): Handlers<typeof contract.operations> => ({ get: () => ({ title: 'x' }) }));
  });

  it('a client call with the wrong input', () => {
    compiles((client: Client<typeof contract.operations>) => client.get({ id: 'x' }));
    // @ts-expect-error id is missing
    compiles((client: Client<typeof contract.operations>) => client.get({}));
    // @ts-expect-error a stream is iterated, not awaited
    compiles((client: Client<typeof contract.operations>) => client.watch({}) satisfies Promise<unknown>);
  });

  it('an optional capability used without looking', () => {
    type Needs = Dependencies<{ readonly greeter: Optional<typeof one> }>;
    compiles(({ greeter }: Needs) => greeter?.greet('you'));
    // @ts-expect-error there may be none
    compiles(({ greeter }: Needs) => greeter.greet('you'));
  });

  it('a keyed or live capability used as if there were one', () => {
    compiles(({ greeter }: Dependencies<{ greeter: typeof keyed }>) => greeter.get('a')?.greet('you'));
    // @ts-expect-error it is a map of them
    compiles(({ greeter }: Dependencies<{ greeter: typeof keyed }>) => greeter.greet('you'));
    type Follows = Dependencies<{ readonly greeter: Live<typeof one> }>;
    compiles(({ greeter }: Follows) => greeter.lease().value.greet('you'));
    // @ts-expect-error a live one is leased
    compiles(({ greeter }: Follows) => greeter.greet('you'));
  });

  it('a filter or an index over a field that is not there', () => {
    compiles((): Where<z.output<typeof note>> => ({ title: { prefix: 'a' }, stars: { gte: 1 } }));
    // @ts-expect-error there is no colour
    compiles((): Where<z.output<typeof note>> => ({ colour: 'red' }));
    // @ts-expect-error stars are numbers
    compiles((): Where<z.output<typeof note>> => ({ stars: 'many' }));
    // @ts-expect-error there is no colour
    compiles(() => defineEntity({ ...Note, indexes: [{ fields: ['colour'] }] }));
  });

  it('a record without its fields, and a patch of what a plugin never writes', () => {
    compiles((store: StoreOf<typeof Note>) => store.insert({ title: 'x', stars: 0 }));
    // @ts-expect-error stars are missing
    compiles((store: StoreOf<typeof Note>) => store.insert({ title: 'x' }));
    // @ts-expect-error rev belongs to the store
    compiles((store: StoreOf<typeof Note>) => store.update('id', { rev: 3 }));
    // @ts-expect-error a list has a limit
    compiles((store: StoreOf<typeof Note>) => store.list({}));
  });

  it('a child loaded by its id alone', () => {
    const Child = defineEntity({ ...Note, schema: note.extend({ bookId: z.string() }), parent: 'bookId' });
    compiles((store: StoreOf<typeof Child>) => store.within('book').get('id'));
    compiles((store: StoreOf<typeof Child>) => store.within('book').insert({ title: 'x', stars: 0 }));
    compiles((store: StoreOf<typeof Child>) => store.list({ where: { title: 'x' }, limit: 1 }));
    compiles((store: StoreOf<typeof Child, SystemPrincipal>) => store.get('id'));
    // @ts-expect-error whose child it is must be said
    compiles((store: StoreOf<typeof Child>) => store.get('id'));
    // @ts-expect-error whose child it is must be said
    compiles((store: StoreOf<typeof Child>) => store.find('id'));
    // @ts-expect-error whose child it is must be said
    compiles((store: StoreOf<typeof Child>) => store.update('id', { title: 'y' }));
    // @ts-expect-error whose child it is must be said
    compiles((store: StoreOf<typeof Child>) => store.delete('id'));
    // @ts-expect-error a note has no parent
    compiles((store: StoreOf<typeof Note>) => store.within('book'));
    // @ts-expect-error a parent is a field
    compiles(() => defineEntity({ ...Note, parent: 'shelfId' }));
    // @ts-expect-error somebody who asks is not the system
    compiles((tx: Transaction, who: Principal) => tx.store(Child, who).get('id'));
    compiles((tx: Transaction, who: SystemPrincipal) => tx.store(Child, who).get('id'));
    // @ts-expect-error there is no colour to keep secret
    compiles(() => defineEntity({ ...Note, secret: ['colour'] }));
  });

  it('props that a slot does not give', () => {
    const panel = defineSlot({ id: 'p', arity: 'many', summary: 's', props: z.object({ conversationId: z.string() }) });
    type Props = SlotProps<typeof panel>;
    compiles(({ conversationId }: Props) => conversationId.length);
    // @ts-expect-error a panel knows no message
    compiles(({ messageId }: Props) => messageId);
    // @ts-expect-error the id is a text
    compiles((): Props => ({ conversationId: 7 }));
  });

  it('a limit for a method that the capability does not have', () => {
    compiles(() => defineCapability<Greeter>()({ ...arities, arity: 'one', limitsMs: { greet: 10 } }));
    // @ts-expect-error nobody says goodbye
    compiles(() => defineCapability<Greeter>()({ ...arities, arity: 'one', limitsMs: { goodbye: 10 } }));
  });

  it('an operation without access', () => {
    // @ts-expect-error access is missing
    compiles(() => op({ method: 'GET', path: '/', input: note, output: note }));
  });
});

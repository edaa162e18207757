import { isAppError, newId } from '@parley/contracts';
import type { CallContext, Principal, RunEvent } from '@parley/contracts';
import type { Pin, PluginContext } from '@parley/kernel';
import { chatAdmit, chatErrors, runTrace } from '@parley/plugin-chat/contract';
import type { RunReceipt, SendMessage } from '@parley/plugin-chat/contract';
import type { ConversationStore } from '@parley/plugin-conversations/contract';
import type { ModelDirectory } from '@parley/plugin-models/contract';
import { activeRunEntity, runEntity, toStart } from './entities.ts';
import type { RunRecord } from './entities.ts';
import type { AdmittedRun } from './live-run.ts';
import type { Journal, JournalHold } from './journal.ts';
import { requestHash } from './request-hash.ts';
import { branchOf, findTarget } from './send-target.ts';
import type { SendTarget } from './send-target.ts';

/** A request that was accepted. `run` is there when it is a new one, with the events its log holds already. */
export interface Admitted {
  readonly receipt: RunReceipt;
  readonly run?: AdmittedRun;
  readonly events: readonly RunEvent[];
  readonly change?: {
    readonly conversationId: string;
    readonly isNew: boolean;
    readonly messageIds: readonly string[];
  };
}

/** With what a model is asked beside the conversation. */
interface RunOptions {
  readonly parameters: Record<string, unknown>;
  readonly builtInTools: string[];
}

interface Saving {
  readonly target: SendTarget;
  readonly input: SendMessage;
  readonly options: RunOptions;
  readonly hash: string;
  readonly principal: Principal;
  readonly hold: JournalHold;
}

/** Accepts a message: repeats give the same run, everything else is checked and saved before anything is answered. */
export type Admit = (input: SendMessage, call: CallContext) => Promise<Admitted>;

const toReceipt = (record: RunRecord, replayed: boolean): RunReceipt => ({
  streamId: record.id,
  runId: record.id,
  conversationId: record.conversationId,
  userMessageId: record.userMessageId,
  messageId: record.messageId,
  replayed,
});

/** Admission over this plugin's records and the conversations. */
export function createAdmission(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store' | 'transaction' | 'pin'>;
  readonly conversations: ConversationStore;
  readonly models: Pick<ModelDirectory, 'find'>;
  readonly journal: Pick<Journal, 'hold'>;
  readonly bootId: string;
  readonly isDraining: () => boolean;
}): Admit {
  const { ctx, conversations, models, journal, bootId, isDraining } = deps;

  const findReplay = async (principal: Principal, key: string, hash: string): Promise<Admitted | undefined> => {
    const { items } = await ctx.store(runEntity, principal).list({ where: { idempotencyKey: key }, limit: 1 });
    const record = items[0];
    if (!record) return undefined;
    if (record.requestHash !== hash) throw chatErrors.KEY_REUSED({ key });
    return { receipt: toReceipt(record, true), events: [] };
  };

  const refuseActive = async (principal: Principal, target: SendTarget): Promise<void> => {
    const branch = branchOf(target);
    const { items } = await ctx.store(activeRunEntity, principal).list({ where: { branch }, limit: 1 });
    if (items[0]) throw chatErrors.RUN_ACTIVE({ runId: items[0].id });
  };

  const passGate = async (pin: Pin, target: SendTarget, model: string, call: CallContext): Promise<void> => {
    const { conversationId, parts } = target;
    const verdict = await pin.hook(chatAdmit).run({ conversationId, model, parts }, call);
    if (!verdict.allow) throw chatErrors.NOT_ADMITTED({ reason: verdict.message, code: verdict.code });
  };

  // Where a retry does not say with what, it is asked with the same again; parameters are a matter of their model.
  const findOptions = async (principal: Principal, target: SendTarget, input: SendMessage): Promise<RunOptions> => {
    const { retriedRunId } = target;
    const isComplete = input.parameters !== undefined && input.builtInTools !== undefined;
    const before =
      retriedRunId === undefined || isComplete ? undefined : await ctx.store(runEntity, principal).find(retriedRunId);
    const isSameModel = before?.model === input.model || before?.wanted === input.model;
    const parameters = input.parameters ?? (isSameModel ? before?.parameters : undefined);
    return { parameters: parameters ?? {}, builtInTools: input.builtInTools ?? before?.builtInTools ?? [] };
  };

  // The run comes first, so that of many identical requests all but one fail on its key and nothing else.
  const save = ({ target, input, options, hash, principal, hold }: Saving) =>
    ctx.transaction(async (tx) => {
      const { conversationId, userMessageId, newTitle, prompt } = target;
      const { idempotencyKey, model } = input;
      const id = newId();
      const messageId = newId();
      const record = await tx.store(runEntity, principal).insert({
        id,
        conversationId,
        userMessageId,
        messageId,
        model,
        state: 'running',
        idempotencyKey,
        requestHash: hash,
        ...options,
      });
      await tx.store(activeRunEntity, principal).insert({
        id,
        conversationId,
        branch: branchOf(target),
        bootId,
        journalId: hold.journalId,
        journalFrom: hold.from,
        isStopRequested: false,
      });
      if (newTitle !== undefined)
        await conversations.create(principal, { id: conversationId, title: newTitle, model }, tx);
      const answer = {
        id: messageId,
        conversationId,
        parentId: userMessageId,
        role: 'assistant' as const,
        parts: [],
        state: 'running' as const,
        model,
        runId: id,
      };
      await conversations.append(principal, conversationId, prompt ? [prompt, answer] : [answer], tx);
      return record;
    });

  const admitNew = async (input: SendMessage, hash: string, given: CallContext): Promise<Admitted> => {
    const { principal, signal } = given;
    const target = await findTarget(conversations, principal, input);
    await models.find(principal, input.model, signal);
    const pin = ctx.pin();
    const hold = journal.hold();
    try {
      const { conversationId: into } = target;
      const tracer = await pin.hook(runTrace).run({ conversationId: into, model: input.model }, given);
      const call = tracer ? { ...given, trace: tracer.trace } : given;
      await passGate(pin, target, input.model, call);
      await refuseActive(principal, target);
      const options = await findOptions(principal, target, input);
      const record = await save({ target, input, options, hash, principal, hold }).catch(async (error: unknown) => {
        if (isAppError(error, 'STORAGE_DUPLICATE')) await refuseActive(principal, target);
        throw error;
      });
      const { id, conversationId, userMessageId, messageId, model } = record;
      tracer?.admitted({ runId: id, conversationId, ownerId: principal.id });
      const ids = { id, conversationId, userMessageId, messageId };
      const run = { ...ids, ownerId: principal.id, model, ...options, call, pin, hold };
      const messageIds = target.prompt ? [userMessageId, messageId] : [messageId];
      const change = { conversationId, isNew: target.newTitle !== undefined, messageIds };
      return { receipt: toReceipt(record, false), run, events: [toStart(record)], change };
    } catch (error) {
      pin[Symbol.dispose]();
      hold[Symbol.dispose]();
      throw error;
    }
  };

  return async (input, call) => {
    const { idempotencyKey, ...request } = input;
    const hash = requestHash(request);
    const known = await findReplay(call.principal, idempotencyKey, hash);
    if (known) return known;
    if (isDraining()) throw chatErrors.DRAINING();
    try {
      return await admitNew(input, hash, call);
    } catch (error) {
      // Whatever refused this one, the same request may have been accepted meanwhile.
      if (!isAppError(error, 'STORAGE_DUPLICATE') && !isAppError(error, 'CHAT_RUN_ACTIVE')) throw error;
      const accepted = await findReplay(call.principal, idempotencyKey, hash);
      if (accepted) return accepted;
      throw error;
    }
  };
}

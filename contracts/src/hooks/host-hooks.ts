import * as z from 'zod';
import { defineHook } from '../define/hook.ts';
import type { AnyOperation } from '../define/contract.ts';
import type { HttpExchange } from '../domain/call-context.ts';
import type { Principal } from '../domain/principal.ts';

/** Turns the credentials of a request into a principal; the first tap that recognises them wins, nobody: anonymous. */
export const authResolve = defineHook({
  id: 'auth.resolve',
  kind: 'bail',
  summary: 'Turns the credentials of a request into a principal.',
  input: z.custom<HttpExchange>(),
  output: z.custom<Principal>(),
  onError: 'fail',
  timeoutMs: 5_000,
});

/** What is about to be called, and by whom. */
export interface Admission {
  readonly principal: Principal;
  readonly contractId: string;
  readonly operationName: string;
  readonly operation: AnyOperation;
}

/** May refuse any call after access was checked: suspension, limits, maintenance. */
export const authAdmit = defineHook({
  id: 'auth.admit',
  kind: 'gate',
  summary: 'May refuse any call after access was checked.',
  input: z.custom<Admission>(),
  onError: 'fail',
  timeoutMs: 2_000,
});

/** One call of an operation on its way to the handler. */
export interface OperationCall {
  readonly contractId: string;
  readonly operationName: string;
  readonly input: unknown;
}

/** Wraps every call of a non-streaming operation. */
export const httpRequest = defineHook({
  id: 'http.request',
  kind: 'around',
  summary: 'Wraps every call of an operation that does not stream.',
  input: z.custom<OperationCall>(),
  output: z.custom<unknown>(),
  onError: 'fail',
  timeoutMs: 60_000,
});

/** A line the host prints when it is ready. */
export interface StartNotice {
  readonly label: string;
  /** An address below the host's, or plain words. */
  readonly text: string;
}

/** Asked once the host listens; the answers are printed for the operator. `url` is the host's own address. */
export const hostReady = defineHook({
  id: 'host.ready',
  kind: 'collect',
  summary: 'Asked once the host listens; the answers are printed for the operator.',
  input: z.object({ url: z.url() }),
  output: z.custom<StartNotice>(),
  onError: 'skip',
  timeoutMs: 2_000,
});

/** Every plugin is up. */
export const kernelReady = defineHook({
  id: 'kernel.ready',
  kind: 'notify',
  summary: 'Every plugin that can start has started.',
  input: z.object({}),
  onError: 'skip',
  timeoutMs: 5_000,
});

/** Another composition runs now; `plugins` are those that started, stopped or were replaced. */
export const configChanged = defineHook({
  id: 'config.changed',
  kind: 'notify',
  summary: 'Another composition runs now: plugins were started, stopped or replaced.',
  input: z.object({ plugins: z.array(z.string()) }),
  onError: 'skip',
  timeoutMs: 5_000,
});

/** The host is about to stop: no new work, running work has the time given. */
export const kernelDraining = defineHook({
  id: 'kernel.draining',
  kind: 'parallel',
  summary: 'The host is about to stop; taps finish or park what runs.',
  input: z.object({ deadlineMs: z.number() }),
  onError: 'skip',
  timeoutMs: 32_000,
});

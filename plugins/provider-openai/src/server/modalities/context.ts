import { modelErrors } from '@parley/contracts';
import type { Credentials } from '@parley/contracts';
import { askUpstream, openUpstream } from '@parley/provider';
import type { Upstream } from '@parley/provider';
import type OpenAI from 'openai';
import type { Config } from '../config.ts';
import type { Connect } from '../connect.ts';
import { toModelError } from '../openai-errors.ts';

/** What each of these providers works with. */
export interface ModalityDeps {
  readonly config: Config;
  readonly connect: Connect;
}

interface Call {
  readonly model: string;
  readonly credentials?: Credentials | undefined;
  readonly signal: AbortSignal;
}
type Ask<T> = (client: OpenAI, signal: AbortSignal) => Promise<T>;

/** Requests to the server of `config` with its limits and errors. */
export function createAsker({ config, connect }: ModalityDeps) {
  const provider = config.title;
  const prepare = async ({ model, credentials, signal }: Call) => {
    signal.throwIfAborted();
    const client = await connect(credentials);
    const toError = (error: unknown) => toModelError(error, { provider, model });
    return { client, options: { provider, limits: config, signal, toError } };
  };
  return {
    /** The whole answer. */
    async ask<T>(call: Call, work: Ask<T>): Promise<T> {
      const { client, options } = await prepare(call);
      return askUpstream((signal) => work(client, signal), options);
    },
    /** An answer that goes on after its first byte. */
    async open<T>(call: Call, work: Ask<T>): Promise<Upstream<T>> {
      const { client, options } = await prepare(call);
      return openUpstream((signal) => work(client, signal), options);
    },
    /** What is listed without asking anybody, but for who has a key. @throws MODEL_NEEDS_KEY */
    async list<T>(listed: T, credentials: Credentials | undefined): Promise<T> {
      await connect(credentials);
      return listed;
    },
    /** The error for an answer that does not hold what was asked for. */
    odd: (reason: string) => modelErrors.UNAVAILABLE({ provider, reason }),
  };
}

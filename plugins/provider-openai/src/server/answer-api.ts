import type { FileContent, ModelEvent, ModelInfo, ModelRequest } from '@parley/contracts';
import type OpenAI from 'openai';
import type { FileKind } from './config.ts';

/** One request, with what it takes to ask it. */
export interface Question {
  readonly request: ModelRequest;
  readonly client: OpenAI;
  /** The files of the conversation that the server takes, by id. */
  readonly files: ReadonlyMap<string, FileContent>;
  readonly signal: AbortSignal;
}

/** One of the ways in which these servers are asked for an answer. */
export interface AnswerApi {
  /** Kinds of files that it takes. */
  readonly reads: readonly FileKind[];
  ask(question: Question): AsyncIterable<ModelEvent>;
  /** Where what it offers is not in the list of models. */
  listModels?(client: OpenAI, signal: AbortSignal): Promise<readonly ModelInfo[]>;
}

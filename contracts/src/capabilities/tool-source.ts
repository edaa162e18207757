import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';
import { defineErrors } from '../define/errors.ts';
import type { Part } from '../domain/part.ts';
import type { Principal } from '../domain/principal.ts';
import type { ModelTool } from './model-provider.ts';

/** A tool as its source offers it. Shape: `name` is 1..64 of `A-Z a-z 0-9 _ -`, unique in its source. */
export interface Tool extends ModelTool {
  /** Name for people. */
  readonly title: string;
  /** True when calling it changes nothing; any other call may need somebody's leave first. */
  readonly isReadOnly: boolean;
}

/** On whose behalf a tool is called. */
export interface ToolCall {
  readonly principal: Principal;
  readonly requestId: string;
}

/** What a tool gave. */
export interface ToolResult {
  /** What the model reads. */
  readonly text: string;
  /** What a person sees in place of the text, such as a part of the plugin's own type. */
  readonly parts?: readonly Part[];
}

/**
 * What tools may weigh; a source keeps within it, and cuts or refuses what would be larger.
 * Units: bytes of UTF-8, of JSON for schemas and parts.
 */
export const TOOL_LIMITS = {
  tools: 128,
  nameLength: 64,
  descriptionBytes: 4_096,
  schemaBytes: 32_768,
  resultBytes: 262_144,
} as const;

/** Where tools come from. */
export interface ToolSource {
  /** The tools usable now. @throws a `toolErrors` code when the source can't be asked */
  list(signal: AbortSignal): Promise<readonly Tool[]>;
  /**
   * Calls a tool. `input` comes from a model, so the source parses it. Aborting `signal` ends the call within one second
   * with the abort's reason.
   * @throws TOOL_NOT_FOUND, TOOL_INVALID_INPUT, and a `toolErrors` code for what the tool fails at
   */
  call(name: string, input: unknown, call: ToolCall, signal: AbortSignal): Promise<ToolResult>;
}

/** Where tools come from; one implementation per source, its key is the first half of a tool's id. */
export const toolSource = defineCapability<ToolSource>()({
  id: 'tool-source',
  version: '1.0.0',
  arity: 'keyed',
  descriptor: z.object({
    /** Name for people. */
    title: z.string().min(1),
  }),
  limitsMs: { list: 10_000 },
});

/** What can go wrong at a tool, the same for all of them. */
export const toolErrors = defineErrors('tool', {
  NOT_FOUND: [404, 'Tool {tool} does not exist; known tools: {known}'],
  INVALID_INPUT: [422, 'Tool {tool} can not be called like this: {reason}'],
  FAILED: [502, 'Tool {tool} failed: {reason}'],
  TIMEOUT: [504, 'Tool {tool} did not answer within {timeoutMs} ms'],
  TOO_LARGE: [502, 'The result of tool {tool} has {bytes} bytes; at most {maxBytes} are read'],
});

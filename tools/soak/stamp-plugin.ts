// A plugin on the path of every answer that leaves the mark of its generation wherever it acts.
import { definePlugin } from '@parley/kernel';
import { chatPrompt, chatStream } from '@parley/plugin-chat/contract';
import * as z from 'zod';

const Config = z.object({ mark: z.number().int().min(0).default(0) }).prefault({});

/** Adds `{<id><mark>}` to the prompt and to each piece of text of an answer. */
export const createStampPlugin = (id: string) =>
  definePlugin({
    id,
    version: '1.0.0',
    kernel: '^1.0.0',
    config: Config,
    hooks: [chatPrompt, chatStream],
    setup(ctx) {
      const stamp = `{${id}${ctx.config.mark}}`;
      ctx.on(chatPrompt, (prompt) => ({
        ...prompt,
        messages: prompt.messages.map((message) => ({
          ...message,
          parts: message.parts.map((part) =>
            part.type === 'text' && 'text' in part ? { ...part, text: `${part.text} prompt=${stamp}` } : part,
          ),
        })),
      }));
      ctx.on(chatStream, () => ({
        // Read at each piece: it is the plugin that speaks, not what it remembers.
        onPart: (part, emit) =>
          emit(part.type === 'text' ? { ...part, text: `${part.text}<{${id}${ctx.config.mark}}>` } : part),
      }));
    },
  });

/** What an answer says, without the marks, and whose marks it bears. */
export interface Marks {
  readonly text: string;
  /** By plugin: the generations it was met in, in prompt and pieces. */
  readonly generations: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether every plugin that saw the prompt saw every piece, and no other did. */
  readonly isWhole: boolean;
}

/** Reads the marks of an answer. */
export function readMarks(answer: string): Marks {
  const generations = new Map<string, Set<string>>();
  const add = (id: string, mark: string) => generations.set(id, (generations.get(id) ?? new Set()).add(mark));
  const inPieces = new Map<string, number>();
  const withoutPieces = answer.replace(/<\{([a-z-]+)(\d+)\}>/g, (_all, id: string, mark: string) => {
    add(id, mark);
    inPieces.set(id, (inPieces.get(id) ?? 0) + 1);
    return '';
  });
  const inPrompt = new Set<string>();
  const text = withoutPieces.replace(/ prompt=\{([a-z-]+)(\d+)\}/g, (_all, id: string, mark: string) => {
    add(id, mark);
    inPrompt.add(id);
    return '';
  });
  const isEverywhere = inPrompt.size === inPieces.size && [...inPieces.keys()].every((id) => inPrompt.has(id));
  const isWhole = isEverywhere && new Set(inPieces.values()).size <= 1;
  return { text, generations, isWhole };
}

import { toolErrors } from '@parley/contracts';
import type { Tool, ToolResult, ToolSource } from '@parley/contracts';
import * as z from 'zod';
import type { Config } from './config.ts';

/** A tool together with what runs it; `input` is what its schema lets through. */
interface RunnableTool<S extends z.ZodObject = z.ZodObject> {
  readonly tool: Tool;
  readonly schema: S;
  run(input: z.output<S>, signal: AbortSignal): Promise<ToolResult>;
}

const defineTool = <S extends z.ZodObject>(
  about: Omit<Tool, 'inputSchema'>,
  schema: S,
  run: RunnableTool<S>['run'],
): RunnableTool<S> => ({ tool: { ...about, inputSchema: z.toJSONSchema(schema, { io: 'input' }) }, schema, run });

/** One function per tool: its input is parsed, what it returns is what the model reads. */
const createAll = ({ maxCharacters }: Config): readonly RunnableTool[] => [
  defineTool(
    {
      name: 'count_words',
      title: 'Count words',
      description: 'Counts the words of a text, in any language.',
      isReadOnly: true,
    },
    z.strictObject({ text: z.string().max(maxCharacters).describe('The text to count in.') }),
    ({ text }) => {
      const words = [...new Intl.Segmenter('en', { granularity: 'word' }).segment(text)];
      return Promise.resolve({ text: `${words.filter(({ isWordLike }) => isWordLike).length} words` });
    },
  ),
];

/** The tools as a source. Shape: whatever a model sends is parsed before a tool sees it. */
export function createTools(config: Config): ToolSource {
  const tools = new Map(createAll(config).map((each) => [each.tool.name, each]));
  return {
    list: () => Promise.resolve([...tools.values()].map(({ tool }) => tool)),
    async call(name, input, _call, signal) {
      signal.throwIfAborted();
      const found = tools.get(name);
      if (!found) throw toolErrors.NOT_FOUND({ tool: name, known: [...tools.keys()] });
      const parsed = found.schema.safeParse(input);
      if (!parsed.success) throw toolErrors.INVALID_INPUT({ tool: name, reason: z.prettifyError(parsed.error) });
      return found.run(parsed.data, signal);
    },
  };
}

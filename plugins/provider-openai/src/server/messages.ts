import type { ModelMessage, ModelTool, Part, ToolCallPart } from '@parley/contracts';
import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources/chat/completions';

const isToolCall = (part: Part): part is ToolCallPart => part.type === 'tool-call' && 'callId' in part;

/** The words of a message. Reasoning stays out: the API does not take it back; other parts are named so that the model knows of them. */
const toWords = (parts: readonly Part[]): string =>
  parts
    .map((part) => {
      if (part.type === 'text' && 'text' in part) return part.text;
      if (part.type === 'file' && 'file' in part) return `[file ${part.file.name}, not included]`;
      if (part.type === 'citation' && 'title' in part) return `[source: ${part.title}]`;
      return '';
    })
    .filter((words) => words !== '')
    .join('\n\n');

const toolResult = (call: ToolCallPart): ChatCompletionMessageParam => ({
  role: 'tool',
  tool_call_id: call.callId,
  content: call.error ?? (typeof call.output === 'string' ? call.output : JSON.stringify(call.output ?? null)),
});

const toAssistant = (parts: readonly Part[]): readonly ChatCompletionMessageParam[] => {
  const calls = parts.filter(isToolCall);
  const words = toWords(parts);
  if (calls.length === 0) return words === '' ? [] : [{ role: 'assistant', content: words }];
  const toolCalls = calls.map((call) => ({
    id: call.callId,
    type: 'function' as const,
    function: { name: call.name, arguments: JSON.stringify(call.input ?? {}) },
  }));
  return [{ role: 'assistant', content: words === '' ? null : words, tool_calls: toolCalls }, ...calls.map(toolResult)];
};

/** The conversation as Chat Completions takes it. */
export const toChatMessages = (messages: readonly ModelMessage[]): ChatCompletionMessageParam[] =>
  messages.flatMap((message) =>
    message.role === 'assistant'
      ? toAssistant(message.parts)
      : [{ role: message.role, content: toWords(message.parts) }],
  );

/** The tools as Chat Completions takes them. */
export const toChatTools = (tools: readonly ModelTool[]): ChatCompletionTool[] =>
  tools.map((tool) => ({
    type: 'function',
    function: { name: tool.name, description: tool.description, parameters: { ...tool.inputSchema } },
  }));

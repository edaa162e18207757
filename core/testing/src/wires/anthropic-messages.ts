import * as z from 'zod';
import { base64, objectSchema, repeated, spoken, wireCheck } from './wire-check.ts';
import type { Issued } from './wire-check.ts';

const MOST_CACHE_MARKS = 4;
const mark = {
  cache_control: z.strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() }).optional(),
};
const callId = z.string().regex(/^[a-zA-Z0-9_-]+$/);
const toolName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);
const input = z.record(z.string(), z.unknown());

const webCitation = z.strictObject({
  type: z.literal('web_search_result_location'),
  url: z.url(),
  title: z.string().nullable(),
  cited_text: z.string(),
  encrypted_index: z.string(),
});
const text = z.strictObject({
  type: z.literal('text'),
  text: spoken,
  citations: z.array(webCitation).min(1).optional(),
  ...mark,
});
const image = z.strictObject({
  type: z.literal('image'),
  source: z.strictObject({
    type: z.literal('base64'),
    media_type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
    data: base64,
  }),
  ...mark,
});
const document = z.strictObject({
  type: z.literal('document'),
  title: z.string().max(500).optional(),
  source: z.union([
    z.strictObject({ type: z.literal('base64'), media_type: z.literal('application/pdf'), data: base64 }),
    z.strictObject({ type: z.literal('text'), media_type: z.literal('text/plain'), data: z.string().min(1) }),
  ]),
  citations: z.strictObject({ enabled: z.boolean() }).optional(),
  ...mark,
});
const toolResult = z.strictObject({
  type: z.literal('tool_result'),
  tool_use_id: callId,
  content: z.union([z.string(), z.array(z.union([text, image]))]),
  is_error: z.boolean().optional(),
  ...mark,
});
const toolUse = z.strictObject({ type: z.literal('tool_use'), id: callId, name: toolName, input, ...mark });
const thinking = z.strictObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string().min(1) });
const redacted = z.strictObject({ type: z.literal('redacted_thinking'), data: z.string().min(1) });
const serverUse = z.strictObject({
  type: z.literal('server_tool_use'),
  id: z.string().regex(/^srvtoolu_[a-zA-Z0-9_]+$/),
  name: z.literal('web_search'),
  input,
});
const searchHit = z.strictObject({
  type: z.literal('web_search_result'),
  url: z.url(),
  title: z.string(),
  encrypted_content: z.string(),
  page_age: z.string().nullish(),
});
const searchResult = z.strictObject({
  type: z.literal('web_search_tool_result'),
  tool_use_id: z.string(),
  content: z.union([
    z.array(searchHit),
    z.strictObject({ type: z.literal('web_search_tool_result_error'), error_code: z.string() }),
  ]),
});
const turn = z.discriminatedUnion('role', [
  z.strictObject({
    role: z.literal('user'),
    content: z.array(z.discriminatedUnion('type', [text, image, document, toolResult])).min(1),
  }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.array(z.discriminatedUnion('type', [text, toolUse, thinking, redacted, serverUse, searchResult])).min(1),
  }),
]);
const display = z.enum(['summarized', 'omitted']).optional();
const Body = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  stream: z.literal(true),
  messages: z.array(turn).min(1),
  system: z.array(text).min(1).optional(),
  tools: z
    .array(
      z.union([
        z.strictObject({ name: toolName, description: z.string().optional(), input_schema: objectSchema, ...mark }),
        z.strictObject({
          type: z.literal('web_search_20250305'),
          name: z.literal('web_search'),
          max_uses: z.int().min(1).optional(),
          allowed_domains: z.array(z.string()).optional(),
          blocked_domains: z.array(z.string()).optional(),
          ...mark,
        }),
      ]),
    )
    .min(1)
    .optional(),
  tool_choice: z.strictObject({ type: z.enum(['auto', 'none']) }).optional(),
  thinking: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('enabled'), budget_tokens: z.int().min(1_024), display }),
      z.strictObject({ type: z.literal('adaptive'), display }),
      z.strictObject({ type: z.literal('disabled') }),
    ])
    .optional(),
  output_config: z
    .strictObject({
      effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).optional(),
      format: z.strictObject({ type: z.literal('json_schema'), schema: objectSchema }).optional(),
    })
    .optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  stop_sequences: z.array(spoken).optional(),
});
type Body = z.output<typeof Body>;
type Block = Body['messages'][number]['content'][number];

const ofType = <T extends Block['type']>(blocks: readonly Block[], type: T) =>
  blocks.filter((block): block is Extract<Block, { type: T }> => block.type === type);

function* checkTurns({ messages, tools }: Body): Iterable<string> {
  if (messages[0]?.role !== 'user') yield 'messages.0: the first turn must be of the user';
  for (const [index, { role, content }] of messages.entries()) {
    const before = messages[index - 1];
    if (before?.role === role) yield `messages.${index}: two turns of the ${role} in a row`;
    const asked = before ? ofType(before.content, 'tool_use').map(({ id }) => id) : [];
    const given = ofType(content, 'tool_result').map((result) => result.tool_use_id);
    yield* repeated(`messages.${index}: the result of`, given);
    for (const id of asked) if (!given.includes(id)) yield `messages.${index}: no tool_result for tool_use ${id}`;
    for (const id of given) if (!asked.includes(id)) yield `messages.${index}: tool_result without tool_use ${id}`;
    const isResultFirst = content.slice(0, given.length).every(({ type }) => type === 'tool_result');
    if (!isResultFirst) yield `messages.${index}: tool_result must come before other content`;
  }
  const all: Block[] = messages.flatMap(({ content }): Block[] => content);
  const calls = ofType(all, 'tool_use');
  yield* repeated(
    'tool_use',
    calls.map(({ id }) => id),
  );
  if (calls.length > 0 && !tools) yield 'tools: must be defined for a conversation with tool_use';
  if (ofType(messages.at(-1)?.content ?? [], 'tool_use').length > 0) yield 'messages: the last call has no result';
}

function* checkSearches({ messages }: Body): Iterable<string> {
  for (const [index, { content }] of messages.entries()) {
    const isLast = index === messages.length - 1;
    const uses = ofType(content, 'server_tool_use').map(({ id }) => id);
    const results = ofType(content, 'web_search_tool_result').map((result) => result.tool_use_id);
    for (const id of results) if (!uses.includes(id)) yield `messages.${index}: result of an unknown search ${id}`;
    for (const id of uses) if (!isLast && !results.includes(id)) yield `messages.${index}: search ${id} has no result`;
    if (isLast && ofType(content, 'text').length === content.length && messages[index]?.role === 'assistant') {
      yield 'messages: the conversation must end with a turn of the user';
    }
  }
}

function* checkIssued({ messages }: Body, { opaque }: Issued): Iterable<string> {
  for (const block of messages.flatMap(({ content }): Block[] => content)) {
    const signs: readonly string[] =
      block.type === 'thinking'
        ? [block.signature]
        : block.type === 'redacted_thinking'
          ? [block.data]
          : block.type === 'text'
            ? (block.citations ?? []).map((citation) => citation.encrypted_index)
            : block.type === 'web_search_tool_result' && Array.isArray(block.content)
              ? block.content.map((hit) => hit.encrypted_content)
              : [];
    for (const sign of signs) if (!opaque.has(sign)) yield `${block.type}: ${sign.slice(0, 40)} is not of this server`;
  }
}

function* checkThinking({ messages, thinking: asked, max_tokens, temperature, top_p }: Body): Iterable<string> {
  if (temperature !== undefined && top_p !== undefined) yield 'temperature and top_p can not both be given';
  if (!asked || asked.type === 'disabled') return;
  if (asked.type === 'enabled' && asked.budget_tokens >= max_tokens) yield 'thinking: budget_tokens >= max_tokens';
  if (temperature !== undefined || top_p !== undefined) yield 'thinking: neither temperature nor top_p may be given';
  const [before, last] = messages.slice(-2);
  const isInRound = last !== undefined && ofType(last.content, 'tool_result').length > 0;
  const hadThought = messages.some(({ content }) => ofType(content, 'thinking').length > 0);
  const first = before?.content[0]?.type;
  if (isInRound && hadThought && first !== 'thinking' && first !== 'redacted_thinking') {
    yield `messages: the last round must begin with its thought, not with ${first}`;
  }
}

function* checkOutput(body: Body): Iterable<string> {
  const marks = JSON.stringify(body).split('"cache_control"').length - 1;
  if (marks > MOST_CACHE_MARKS) yield `cache_control: ${marks} marks, at most ${MOST_CACHE_MARKS}`;
  const schema = body.output_config?.format?.schema;
  if (!schema) return;
  if (schema['additionalProperties'] !== false) yield 'output_config.format: additionalProperties must be false';
  const documents = body.messages.flatMap(({ content }) => ofType(content, 'document'));
  if (documents.some(({ citations }) => citations?.enabled)) yield 'output_config.format: not with citations';
}

/** Requests of the Messages API of Anthropic. */
export const checkAnthropicMessages = wireCheck(Body, function* check(body, issued) {
  yield* checkTurns(body);
  yield* checkSearches(body);
  yield* checkIssued(body, issued);
  yield* checkThinking(body);
  yield* checkOutput(body);
});

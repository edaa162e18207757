import type {
  ServerToolUseBlock,
  ServerToolUseBlockParam,
  ToolUnion,
  WebSearchToolResultBlock,
} from '@anthropic-ai/sdk/resources/messages';
import type { ToolCallPart } from '@parley/contracts';
import type { Config } from './config.ts';
import { keep } from './family.ts';

/** The search as the API offers it to all of its models. */
export const toSearchTool = ({ maxUses, allowedDomains, blockedDomains }: Config['webSearch']): ToolUnion => ({
  type: 'web_search_20250305',
  name: 'web_search',
  max_uses: maxUses,
  ...(allowedDomains ? { allowed_domains: [...allowedDomains] } : {}),
  ...(blockedDomains && !allowedDomains ? { blocked_domains: [...blockedDomains] } : {}),
});

/** A search that the server has done, as a use of a tool with its result. */
export function toSearchPart(use: ServerToolUseBlock, result: WebSearchToolResultBlock): ToolCallPart {
  const sent: ServerToolUseBlockParam = { type: 'server_tool_use', id: use.id, name: use.name, input: use.input };
  const { content, tool_use_id, type } = result;
  const call = {
    type: 'tool-call' as const,
    callId: use.id,
    name: use.name,
    input: use.input,
    opaque: keep({ use: sent, result: { type, tool_use_id, content } }),
  };
  if (!Array.isArray(content)) return { ...call, status: 'failed', error: `The search failed: ${content.error_code}` };
  return { ...call, status: 'done', output: content.map(({ title, url }) => ({ title, url })) };
}

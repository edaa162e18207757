import type { GuardrailTraceAssessment, StopReason, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { modelErrors } from '@parley/contracts';
import type { ModelEvent, Usage } from '@parley/contracts';
import { toIntervention } from './guardrail.ts';

type Finish = Extract<ModelEvent, { type: 'finish' }>['reason'];

const REASONS: Readonly<Partial<Record<StopReason, Finish>>> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  content_filtered: 'content-filter',
};

/** How an answer ended. */
export interface AnswerEnd {
  readonly stopReason: StopReason;
  readonly usage?: TokenUsage | undefined;
  readonly guardrail?: GuardrailTraceAssessment | undefined;
}

/** Whom the answer is from. */
export interface AnswerFacts {
  readonly provider: string;
  readonly model: string;
  readonly requestId: string | undefined;
}

function toUsage(counts: TokenUsage): Usage {
  const cached = counts.cacheReadInputTokens ?? 0;
  const written = counts.cacheWriteInputTokens ?? 0;
  return {
    // The API counts what comes from the cache and goes into it apart from the rest.
    inputTokens: (counts.inputTokens ?? 0) + cached + written,
    outputTokens: counts.outputTokens ?? 0,
    ...(cached > 0 ? { cachedInputTokens: cached } : {}),
    ...(written > 0 ? { cacheWriteTokens: written } : {}),
  };
}

/**
 * The end of an answer: its usage, and its finish.
 * @throws MODEL_CONTENT_POLICY when a guardrail stopped it, MODEL_UNAVAILABLE when the model made something broken
 */
export function* endAnswer({ stopReason, usage, guardrail }: AnswerEnd, facts: AnswerFacts): Generator<ModelEvent> {
  const { provider, requestId } = facts;
  if (usage) yield { type: 'usage', usage: toUsage(usage) };
  if (stopReason === 'malformed_model_output' || stopReason === 'malformed_tool_use') {
    throw modelErrors.UNAVAILABLE({ provider, reason: stopReason });
  }
  if (stopReason === 'guardrail_intervened') {
    const { isBlocked, reason } = toIntervention(guardrail);
    const did = isBlocked ? 'stopped this answer' : 'hid parts of this answer';
    yield { type: 'notice', level: isBlocked ? 'warning' : 'info', text: `A guardrail ${did}: ${reason}.` };
    if (isBlocked) throw modelErrors.CONTENT_POLICY({ provider, reason });
  }
  const reason = REASONS[stopReason] ?? 'stop';
  yield { type: 'finish', reason, ...(requestId === undefined ? {} : { providerRequestId: requestId }) };
}

import type { HookRunner } from '@parley/contracts';
import type { chatPrompt, Prompt } from '@parley/plugin-chat/contract';
import type { ConversationStore } from '@parley/plugin-conversations/contract';
import type { LiveRun } from './live-run.ts';

/** What the model is asked: the branch up to the prompt, shaped by the taps of `chat.prompt`. */
export async function buildPrompt(deps: {
  readonly conversations: Pick<ConversationStore, 'branch'>;
  readonly shape: HookRunner<typeof chatPrompt>;
  readonly run: LiveRun;
  readonly parameters: Prompt['parameters'];
}): Promise<Prompt> {
  const { conversations, shape, run, parameters } = deps;
  const { conversationId, userMessageId, builtInTools } = run.admitted;
  const branch = await conversations.branch(run.call.principal, conversationId, userMessageId);
  const prompt: Prompt = {
    conversationId,
    runId: run.id,
    model: run.model,
    system: '',
    messages: branch
      .filter((message) => message.parts.length > 0)
      .map((message) => ({ role: message.role, parts: message.parts })),
    tools: [],
    parameters,
    builtInTools,
  };
  return shape.run(prompt, run.call);
}

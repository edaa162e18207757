import { definePlugin } from '@parley/kernel';
import { chatPrompt } from '@parley/plugin-chat/contract';

export default definePlugin({
  id: 'hello',
  version: '1.0.0',
  kernel: '^1.0.0',
  hooks: [chatPrompt],
  setup(ctx) {
    ctx.on(chatPrompt, (prompt) => ({ ...prompt, system: `${prompt.system} Be brief.` }));
  },
});

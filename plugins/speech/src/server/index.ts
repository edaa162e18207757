import { live, speechProvider } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { providerAccess } from '@parley/plugin-models/contract';
import { speechContract } from '@parley/plugin-speech/contract';
import { Config } from './config.ts';
import { createHandlers } from './handlers.ts';
import { createSpeechDirectory } from './speech-directory.ts';

const MICROPHONE_ICON = 'M12 2a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V5a3 3 0 0 0-3-3Zm-7 8v1a7 7 0 0 0 14 0v-1M12 18v4m-4 0h8';
const SPEAKER_ICON = 'M11 5 6 9H2v6h4l5 4V5Zm4.5 3.5a5 5 0 0 1 0 7M18.5 6a9 9 0 0 1 0 12';

/** Dictating into the composer, and answers read aloud. */
export default definePlugin({
  id: 'speech',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  requires: { access: providerAccess, providers: live(speechProvider) },
  ui: {
    module: './web',
    builtIn: true,
    slots: {
      'composer.action': [{ id: 'dictate', title: 'Dictate', icon: MICROPHONE_ICON }],
      'message.action': [{ id: 'read-aloud', title: 'Read aloud', icon: SPEAKER_ICON }],
    },
  },
  setup(ctx, { access, providers }) {
    const { config, log } = ctx;
    const directory = createSpeechDirectory({ providers, access, config, log });
    ctx.routes(speechContract, createHandlers({ providers, directory, config }));
  },
});

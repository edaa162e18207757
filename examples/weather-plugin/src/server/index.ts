import { toolSource } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { chatPrompt, chatStream, runFinished } from '@parley/plugin-chat/contract';
import { REPORT_PART, weatherContract } from '../contract/index.ts';
import { PLACES } from './almanac.ts';
import { createWeatherAnswers } from './answer-weather.ts';
import { Config } from './config.ts';
import { homeEntity } from './entities.ts';
import { createHomes } from './homes.ts';
import { createTools } from './tools.ts';

const ICON = 'M7 18a4 4 0 0 1 0-8 6 6 0 0 1 11.6 1.5A3.3 3.3 0 0 1 18 18zM12 3v1M5 6l.7.7M19 6l-.7.7';

/** The weather: a tool for models, a card in the answer, a home for everybody. */
export default definePlugin({
  id: 'weather',
  version: '1.0.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [toolSource],
  hooks: [chatPrompt, chatStream, runFinished],
  entities: [homeEntity],
  ui: {
    module: './web',
    slots: {
      'message.part': [{ id: 'report', key: REPORT_PART }],
      'settings.page': [{ id: 'weather', title: 'Weather', icon: ICON }],
    },
  },
  setup(ctx) {
    const homes = createHomes((principal) => ctx.store(homeEntity, principal));
    ctx.provide(toolSource, createTools(), { title: 'Weather' });
    ctx.routes(weatherContract, {
      places: () => ({ items: [...PLACES] }),
      home: async (_input, { principal }) => ({ home: await homes.get(principal) }),
      setHome: (home, { principal }) => homes.set(principal, home),
    });
    if (!ctx.config.answersWeather) return;
    const answers = createWeatherAnswers({ config: ctx.config, homes });
    ctx.on(chatPrompt, (prompt, { principal }) => answers.prompt(prompt, principal));
    ctx.on(chatStream, (opening) => answers.stream(opening));
    ctx.on(runFinished, answers.finished);
  },
});

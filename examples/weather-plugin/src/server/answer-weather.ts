import type { Part, Principal, StreamTap } from '@parley/contracts';
import type { FinishedRun, Prompt, StreamOpening, StreamPart } from '@parley/plugin-chat/contract';
import { REPORT_PART } from '../contract/index.ts';
import type { Report } from '../contract/index.ts';
import { reportOf, sentenceOf } from './almanac.ts';
import type { Config } from './config.ts';
import type { Homes } from './homes.ts';

const QUESTION = /\bweather\b(?:\s+(?:in|at|for)\s+(\p{L}[\p{L} -]*))?/iu;

const wordsOf = (parts: readonly Part[]): string =>
  parts.map((part) => (part.type === 'text' && 'text' in part ? part.text : '')).join('\n');

/** Lets every model know the weather, with or without tools: the prompt gets a sentence, the answer begins with a card. */
export function createWeatherAnswers({ config, homes }: { readonly config: Config; readonly homes: Homes }) {
  const reports = new Map<string, Report>();
  const find = async (question: string, principal: Principal): Promise<Report | undefined> => {
    const match = QUESTION.exec(question);
    if (!match) return undefined;
    const home = await homes.get(principal);
    const place = match[1] ?? home?.place ?? config.defaultPlace;
    return place === undefined ? undefined : reportOf(place, home?.unit ?? config.unit);
  };
  return {
    /** Tap of `chat.prompt`. */
    async prompt(prompt: Prompt, principal: Principal): Promise<Prompt | undefined> {
      const question = prompt.messages.findLast(({ role }) => role === 'user');
      const report = question && (await find(wordsOf(question.parts), principal));
      if (!report) return undefined;
      reports.set(prompt.runId, report);
      return { ...prompt, system: `${prompt.system}\nThe weather now in ${sentenceOf(report)}` };
    },
    /** Tap of `chat.stream`, which opens before the prompt is made: the card comes before the first piece. */
    stream({ runId }: StreamOpening): StreamTap<StreamPart> {
      const show = (emit: (part: StreamPart) => void) => {
        const report = reports.get(runId);
        reports.delete(runId);
        if (report) emit({ type: 'part', part: { type: REPORT_PART, data: report } });
      };
      return {
        onPart(part, emit) {
          show(emit);
          emit(part);
        },
        onEnd: show,
      };
    },
    /** Tap of `run.finished`. */
    finished: ({ run }: FinishedRun): void => void reports.delete(run.id),
  };
}

import type { math } from 'micromark-extension-math';

type Extension = ReturnType<typeof math>;
type Construct = Extract<NonNullable<Extension['text']>[string], { readonly tokenize: unknown }>;
type Tokenizer = Construct['tokenize'];
type State = ReturnType<Tokenizer>;
type Code = Parameters<State>[0];

const BACKSLASH = 92;
const OPEN_ROUND = 40;
const CLOSE_ROUND = 41;
const OPEN_SQUARE = 91;
const CLOSE_SQUARE = 93;

const isLineEnding = (code: Code) => code !== null && code < -2;

/** Reads `\( ... \)` and `\[ ... \]`, the form in which many models write math, into the tokens of `$ ... $`. */
const tokenize: Tokenizer = (effects, ok, nok) => {
  let closing = CLOSE_ROUND;
  let isEmpty = true;

  const start: State = (code) => {
    effects.enter('mathText');
    effects.enter('mathTextSequence');
    effects.consume(code);
    return openBracket;
  };
  const openBracket: State = (code) => {
    if (code !== OPEN_ROUND && code !== OPEN_SQUARE) return nok(code);
    closing = code === OPEN_ROUND ? CLOSE_ROUND : CLOSE_SQUARE;
    effects.consume(code);
    effects.exit('mathTextSequence');
    return between;
  };
  const between: State = (code) => {
    if (code === null) return nok(code);
    if (code === BACKSLASH) return effects.attempt(closer, isEmpty ? nok : ok, dataStart)(code);
    if (!isLineEnding(code)) return dataStart(code);
    effects.enter('lineEnding');
    effects.consume(code);
    effects.exit('lineEnding');
    return between;
  };
  const dataStart: State = (code) => {
    isEmpty = false;
    effects.enter('mathTextData');
    effects.consume(code);
    return code === BACKSLASH ? escaped : data;
  };
  const escaped: State = (code) => {
    if (code === null || isLineEnding(code) || code === BACKSLASH) return data(code);
    effects.consume(code);
    return data;
  };
  const data: State = (code) => {
    if (code === null || code === BACKSLASH || isLineEnding(code)) {
      effects.exit('mathTextData');
      return between(code);
    }
    effects.consume(code);
    return data;
  };
  const closer: Construct = {
    partial: true,
    tokenize(attempt, closed, open) {
      const bracket: State = (code) => {
        if (code !== closing) return open(code);
        attempt.consume(code);
        attempt.exit('mathTextSequence');
        attempt.exit('mathText');
        return closed;
      };
      return (code) => {
        attempt.enter('mathTextSequence');
        attempt.consume(code);
        return bracket;
      };
    },
  };
  return start;
};

/** Micromark syntax: math between backslash brackets, inside a paragraph. */
export const bracketMath: Extension = { text: { [BACKSLASH]: { name: 'bracketMath', tokenize } } };

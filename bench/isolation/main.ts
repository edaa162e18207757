import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { report } from '../lib/result.ts';
import { median, spread } from '../lib/stats.ts';

interface Cost {
  readonly call: number;
  readonly piece: number;
}

interface Round {
  readonly inline: Cost;
  readonly process: Cost & { readonly roundTrip: number; readonly rssMb: number };
  readonly pipe: Cost;
  readonly startMs: number;
}

const measure = (): Round =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['--conditions=parley:source', '--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'measure.ts')],
      { encoding: 'utf8' },
    ),
  ) as Round;

/** P16: a call of a plugin in a process of its own, and a piece it streams, against the same inline and over a bare pipe. */
export function benchIsolation(rounds: number): void {
  const all = Array.from({ length: rounds }, measure);
  const pick = (read: (round: Round) => number) => all.map(read);
  const ratio = (above: (round: Round) => number, below: (round: Round) => number) =>
    median(pick(above)) / median(pick(below));
  report({
    name: 'isolation',
    unit: 'CPU microseconds of both processes; wall microseconds, ms and MB where named',
    variants: {
      'call, inline': spread(pick(({ inline }) => inline.call)),
      'call, bare pipe': spread(pick(({ pipe }) => pipe.call)),
      'call, process': spread(pick((round) => round.process.call)),
      'piece, inline': spread(pick(({ inline }) => inline.piece)),
      'piece, bare pipe': spread(pick(({ pipe }) => pipe.piece)),
      'piece, process': spread(pick((round) => round.process.piece)),
      'round trip, wall': spread(pick((round) => round.process.roundTrip)),
      'start, ms': spread(pick(({ startMs }) => startMs)),
      'resident, MB': spread(pick((round) => round.process.rssMb)),
    },
    ratios: {
      callToPipe: ratio(
        (round) => round.process.call,
        ({ pipe }) => pipe.call,
      ),
      pieceToPipe: ratio(
        (round) => round.process.piece,
        ({ pipe }) => pipe.piece,
      ),
      callToInline: ratio(
        (round) => round.process.call,
        ({ inline }) => inline.call,
      ),
      pieceToInline: ratio(
        (round) => round.process.piece,
        ({ inline }) => inline.piece,
      ),
    },
  });
}

/** One scripted answer: what it thinks first, and what it says. */
export interface Script {
  readonly reasoning?: string;
  readonly text: string;
}

const TOUR: Script = {
  reasoning: `Somebody is here for the first time. I am a scripted guide without a language model behind me, so I should say so, and show rather than tell: some structure, a table, code, a formula. Then I point to what to try next.`,
  text: `## Welcome to Parley

I am the **demo guide**. There is no language model behind me and nothing leaves this machine: my answers are scripts, so that you can see how a conversation looks before you connect a provider.

### What you just saw

1. Your message was saved *before* I was asked to answer.
2. I thought for a moment. Open the line above this text to read it.
3. This answer streams from a durable log. Reload the page, open a second tab, pull the network cable: it picks up where it was, and not a character is lost.

### What answers can hold

| Kind | Example | Notes |
| --- | --- | --- |
| Structure | headings, lists, quotes | Markdown, as models write it |
| Code | highlighted, with a copy button | highlighting runs off the main thread |
| Math | $e^{i\\pi} + 1 = 0$ | inline and in blocks |
| Tables | this one | they scroll on small screens |

A little code, since most conversations have some:

\`\`\`ts
import { definePlugin } from '@parley/kernel';
import { chatPrompt } from '@parley/plugin-chat/contract';

export default definePlugin({
  id: 'brief',
  version: '1.0.0',
  kernel: '^1.0.0',
  hooks: [chatPrompt],
  setup(ctx) {
    ctx.on(chatPrompt, (prompt) => ({ ...prompt, system: \`\${prompt.system}\\nBe brief.\` }));
  },
});
\`\`\`

That is a whole plugin: it asks every model to be brief. And a formula in a block of its own:

$$
\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}
$$

> Everything here is a plugin: the chat, the sign-in, the storage, and I.

### Try next

- Ask me for **code**, a **table**, **math**, or something **long**.
- Press *Stop* while I answer. What I wrote stays, and *Retry* writes a sibling.
- Open **Notes** at the top right and write something down for yourself.`,
};

const CODE: Script = {
  reasoning: 'They want code. A small, complete function with a test says more than a long listing.',
  text: `Here is a debounce that keeps its types, and a way to call it:

\`\`\`ts
export function debounce<A extends unknown[]>(run: (...values: A) => void, waitMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...values: A): void => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...values), waitMs);
  };
}

const save = debounce((text: string) => console.log('saved', text), 300);
save('a');
save('ab'); // only this one is saved
\`\`\`

The same idea in Python:

\`\`\`python
import threading

def debounce(run, wait_seconds):
    timer = None
    def call(*values):
        nonlocal timer
        if timer:
            timer.cancel()
        timer = threading.Timer(wait_seconds, run, values)
        timer.start()
    return call
\`\`\`

Use the buttons above each block to copy it or to wrap long lines.`,
};

const TABLE: Script = {
  reasoning: 'A table, then: few columns, short cells, something true.',
  text: `| Planet | Day length | Year, Earth days | Moons known |
| --- | ---: | ---: | ---: |
| Mercury | 176 d | 88 | 0 |
| Venus | 117 d | 225 | 0 |
| Earth | 24 h | 365 | 1 |
| Mars | 24 h 40 min | 687 | 2 |

Day length is from one noon to the next. Numbers are right-aligned because the table says so.`,
};

const MATH: Script = {
  reasoning: 'They ask for math. The quadratic formula is known to all; derive it in three steps.',
  text: `Take $ax^2 + bx + c = 0$ with $a \\neq 0$, divide by $a$, and complete the square:

$$
\\left(x + \\frac{b}{2a}\\right)^2 = \\frac{b^2 - 4ac}{4a^2}
$$

Taking the root of both sides gives

$$
x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}
$$

The term $b^2 - 4ac$ decides: positive means two real answers, zero means one, negative means two complex ones.`,
};

const paragraph = (number: number): string =>
  `### Part ${number}\n\nThis is part ${number} of a long answer. It exists so that you can reload, scroll, stop and resume while something is still being written. Each part carries its own number, so a missing or doubled piece would show at once: ${Array.from({ length: 12 }, (_, index) => `${number}.${index + 1}`).join(' ')}.\n`;

const LONG: Script = {
  reasoning: 'Long, they said. Numbered parts, so that any gap would be visible.',
  text: Array.from({ length: 40 }, (_, index) => paragraph(index + 1)).join('\n'),
};

const SCRIPTS: readonly (readonly [RegExp, Script])[] = [
  [/\blong\b/i, LONG],
  [/\b(code|function|typescript|python|program)\b/i, CODE],
  [/\btables?\b/i, TABLE],
  [/\b(math|maths|formula|equation|quadratic)\b/i, MATH],
];

/** The script that fits the words; the tour when none does. */
export const pickScript = (words: string): Script => SCRIPTS.find(([pattern]) => pattern.test(words))?.[1] ?? TOUR;

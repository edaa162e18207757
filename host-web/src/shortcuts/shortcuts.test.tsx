import { afterEach, describe, expect, it } from '@jest/globals';
import { focusNextLandmark } from './landmarks.ts';
import { isShortcut, shortcuts } from './shortcuts.ts';

const press = (key: string, keys: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...keys });

describe('shortcuts', () => {
  it('need their modifiers and no others', () => {
    expect(isShortcut(press('b', { ctrlKey: true }), shortcuts.sideBar)).toBe(true);
    expect(isShortcut(press('b'), shortcuts.sideBar)).toBe(false);
    expect(isShortcut(press('b', { ctrlKey: true, altKey: true }), shortcuts.sideBar)).toBe(false);
    expect(isShortcut(press('B', { ctrlKey: true, shiftKey: true }), shortcuts.sideBar)).toBe(false);
  });

  it('match a letter typed with Shift', () => {
    expect(isShortcut(press('O', { ctrlKey: true, shiftKey: true }), shortcuts.newChat)).toBe(true);
  });

  it('match a character that the keyboard has above another', () => {
    expect(isShortcut(press('/', { ctrlKey: true, shiftKey: true }), shortcuts.help)).toBe(true);
  });
});

describe('F6', () => {
  afterEach(() => document.body.replaceChildren());

  it('walks round the areas of the page, in both directions', () => {
    // jsdom has no layout.
    Object.defineProperty(HTMLElement.prototype, 'checkVisibility', { value: () => true, configurable: true });
    document.body.innerHTML = `<nav aria-label="Side bar"><a href="/">New</a></nav><main id="content"></main>
      <aside aria-label="Notes"><button>Add</button></aside>`;
    const visited = [1, 1, 1, 1, -1].map((step) => {
      focusNextLandmark(step as 1 | -1);
      return document.activeElement?.tagName;
    });
    expect(visited).toEqual(['A', 'MAIN', 'BUTTON', 'A', 'BUTTON']);
  });
});

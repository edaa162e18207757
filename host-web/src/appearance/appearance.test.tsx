import { afterEach, describe, expect, it } from '@jest/globals';
import { applyAppearance, DEFAULT_APPEARANCE } from './appearance.ts';

const root = document.documentElement;

afterEach(() => localStorage.clear());

describe('the look of the page', () => {
  it('is put onto the root element', () => {
    applyAppearance({ theme: 'dark', density: 'compact', proseSizePx: 18, motion: 'reduced', direction: 'rtl' });
    expect(Object.fromEntries(Object.entries(root.dataset))).toEqual({
      theme: 'dark',
      density: 'compact',
      motion: 'reduced',
    });
    expect(root.dir).toBe('rtl');
    expect(root.style.getPropertyValue('--prose-size')).toBe('1.125rem');
  });

  it('leaves to the system what nobody chose', () => {
    applyAppearance({ ...DEFAULT_APPEARANCE, theme: 'dark' });
    applyAppearance(DEFAULT_APPEARANCE);
    expect(Object.fromEntries(Object.entries(root.dataset))).toEqual({});
  });

  it('is found by the next page before its first paint', () => {
    applyAppearance({ ...DEFAULT_APPEARANCE, theme: 'light' });
    expect(JSON.parse(localStorage.getItem('ui:appearance') ?? '')).toEqual({
      theme: 'light',
      dir: 'ltr',
      prose: '1rem',
    });
  });
});

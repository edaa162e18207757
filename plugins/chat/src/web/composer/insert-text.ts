/** A text behind another one, with a space between where there is none. */
export const joinTexts = (before: string, text: string): string =>
  before === '' || text === '' || /\s$/.test(before) ? before + text : `${before} ${text}`;

/** Puts a text where the cursor is, in place of what is selected; the cursor then stands behind it. */
export function insertAtCursor(input: HTMLTextAreaElement, text: string): void {
  const start = joinTexts(input.value.slice(0, input.selectionStart), text);
  const after = input.value.slice(input.selectionEnd);
  input.value = /^\s/.test(after) ? start + after : joinTexts(start, after);
  input.setSelectionRange(start.length, start.length);
}

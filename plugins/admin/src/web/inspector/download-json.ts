/** Hands a value to the browser as a file to keep. */
export function downloadJson(name: string, value: unknown): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(value, undefined, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has taken the address over once the press is handled.
  setTimeout(() => URL.revokeObjectURL(address));
}

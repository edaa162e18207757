/** What this package itself says, in English. */
export const messages = {
  pluginStopped: (pluginId: string, failures: number) =>
    `Plugin ${pluginId} failed ${failures} times and was stopped in this page`,
  slotTooSlow: 'It did not answer within 8 seconds.',
  slotBroken: (pluginId: string, slot: string) => `Plugin ${pluginId} could not fill ${slot}`,
  slotMissing: (pluginId: string, slot: string, id: string) =>
    `The manifest of ${pluginId} lists ${slot}/${id}, but its web side has no such component`,
  closePanel: 'Close panel',
  panelWidth: 'Width of the panel',
} as const;

/** Places of the page beside the main column. */
export { SidePanel } from './side-panel.tsx';
export type { SidePanelProps } from './side-panel.tsx';
export { useMedia } from './use-media.ts';

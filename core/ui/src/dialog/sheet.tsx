import { joinClasses } from '../class-names.ts';
import { type DialogBaseProps, DialogFrame } from './dialog.tsx';
import styles from './dialog.module.css';

/** Props of `Sheet`. */
export interface SheetProps extends DialogBaseProps {
  /** The edge it comes from; `start` and `end` follow the direction of the text. */
  readonly side?: 'start' | 'end' | 'bottom';
}

/** A modal panel at one edge, for what stands beside the page on a wide screen. */
export function Sheet({ side = 'end', ...rest }: SheetProps) {
  return (
    <DialogFrame
      {...rest}
      overlayClass={joinClasses(styles.overlay, styles.edge)}
      boxClass={joinClasses(styles.sheet, styles[side])}
    />
  );
}

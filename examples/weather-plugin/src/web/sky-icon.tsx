import type { Report } from '../contract/index.ts';
import styles from './report-card.module.css';

const CLOUD = 'M10 28a7 7 0 0 1 0-14 10 10 0 0 1 19.4 2.6A5.8 5.8 0 0 1 28 28z';
const DRAWINGS: Readonly<Record<Report['sky'], string>> = {
  sun: 'M20 12a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM20 3v4M20 33v4M3 20h4M33 20h4M8 8l3 3M29 29l3 3M8 32l3-3M29 11l3-3',
  clouds: CLOUD,
  rain: `${CLOUD}M13 32l-2 5M21 32l-2 5M29 32l-2 5`,
  snow: `${CLOUD}M12 33v4M10 35h4M20 33v4M18 35h4M28 33v4M26 35h4`,
};

/** The sky as a drawing of one line; the words beside it say the same. */
export const SkyIcon = ({ sky }: Pick<Report, 'sky'>) => (
  <svg className={styles['sky']} viewBox="0 0 40 40" aria-hidden="true">
    <path
      d={DRAWINGS[sky]}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

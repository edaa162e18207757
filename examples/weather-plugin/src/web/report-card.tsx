import type { Part } from '@parley/contracts';
import { Report } from '../contract/index.ts';
import { messages } from './messages.ts';
import styles from './report-card.module.css';
import { SkyIcon } from './sky-icon.tsx';

/** A report as a card in the answer. Its data has come a long way, so it is read with its schema. */
export default function ReportCard({ part }: { readonly part: Part }) {
  const report = Report.safeParse('data' in part ? part.data : undefined);
  if (!report.success) return <p>{messages.unreadable}</p>;
  const { place, sky, temperature, low, high, windKmh, unit } = report.data;
  const degrees = (value: number) => `${value} ${messages.units[unit]}`;
  return (
    <figure className={styles['card']}>
      <SkyIcon sky={sky} />
      <div className={styles['now']}>
        <span className={styles['degrees']}>{degrees(temperature)}</span>
        <span>{messages.sky[sky]}</span>
      </div>
      <figcaption className={styles['place']} dir="auto">
        {place}
      </figcaption>
      <p className={styles['rest']}>
        <span>{messages.range(degrees(low), degrees(high))}</span>
        <span>{messages.wind(windKmh)}</span>
      </p>
    </figure>
  );
}

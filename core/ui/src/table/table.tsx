import type { ReactNode } from 'react';
import { joinClasses } from '../class-names.ts';
import styles from './table.module.css';

/** One column of a `Table`. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** The cell of a row. */
  readonly cell: (row: Row, index: number) => ReactNode;
  /** Names its row; the first column without one. */
  readonly isRowHeader?: boolean;
  /** Numbers stand at the end, digits below digits. */
  readonly isNumber?: boolean;
}

/** Props of `Table`. */
export interface TableProps<Row> {
  /** What the table lists, for assistive technology. */
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly className?: string;
}

/** Rows of facts. Where there is no room for columns, each row becomes a card with the column's title before each fact. */
export function Table<Row>({ label, columns, rows, rowKey, className }: TableProps<Row>) {
  const header = columns.find((column) => column.isRowHeader) ?? columns[0];
  return (
    <div className={joinClasses(styles.frame, className)}>
      {/* Roles are said again, since a table that is drawn as cards loses its own in some browsers. */}
      <table role="table" aria-label={label} className={styles.table}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ id, title, isNumber }) => (
              <th key={id} role="columnheader" scope="col" className={joinClasses(isNumber && styles.number)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row, index) => (
            <tr key={rowKey(row)} role="row">
              {columns.map((column) => (
                <Cell key={column.id} column={column} row={row} index={index} isHeader={column === header} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps<Row> {
  readonly column: TableColumn<Row>;
  readonly row: Row;
  readonly index: number;
  readonly isHeader: boolean;
}

function Cell<Row>({ column, row, index, isHeader }: CellProps<Row>) {
  const { title, isNumber, cell } = column;
  const className = joinClasses(isNumber && styles.number);
  if (isHeader) {
    return (
      <th role="rowheader" scope="row" className={joinClasses(styles.rowHeader, className)}>
        {cell(row, index)}
      </th>
    );
  }
  return (
    <td role="cell" data-title={title} className={className}>
      <div className={styles.value}>{cell(row, index)}</div>
    </td>
  );
}

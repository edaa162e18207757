import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import { Table } from './table.tsx';

afterEach(cleanup);

describe('Table', () => {
  it('names its columns and its rows for assistive technology', () => {
    const rows = [{ id: 'notes', calls: 3 }];
    render(
      <Table
        label="Calls"
        columns={[
          { id: 'id', title: 'Plugin', cell: ({ id }) => id },
          { id: 'calls', title: 'Calls', isNumber: true, cell: ({ calls }) => calls },
        ]}
        rows={rows}
        rowKey={({ id }) => id}
      />,
    );
    expect(screen.getByRole('table', { name: 'Calls' })).toBeTruthy();
    expect(screen.getByRole('rowheader', { name: 'notes' })).toBeTruthy();
    expect(screen.getByRole('cell', { name: '3' }).getAttribute('data-title')).toBe('Calls');
  });
});

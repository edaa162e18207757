import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { ResizeHandle } from './resize-handle.tsx';

afterEach(cleanup);

const press = (key: string, widthPx: number) => {
  const onChange = jest.fn();
  render(<ResizeHandle widthPx={widthPx} onChange={onChange} />);
  fireEvent.keyDown(screen.getByRole('separator'), { key });
  return onChange;
};

describe('the edge of the side panel', () => {
  it('widens with the arrow that points away from the panel', () => {
    expect(press('ArrowLeft', 420)).toHaveBeenCalledWith(444);
  });

  it('stops at its narrowest and its widest', () => {
    expect(press('ArrowRight', 370)).toHaveBeenCalledWith(360);
    cleanup();
    expect(press('ArrowLeft', 710)).toHaveBeenCalledWith(720);
  });

  it('leaves other keys alone', () => {
    expect(press('Enter', 420)).not.toHaveBeenCalled();
  });
});

const LINE_END = 0x0a;

/**
 * The lines of a byte stream without their ends, each as soon as it is complete.
 * @throws RangeError for a line longer than `maxBytes`, and for text after the last line end
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, start)) {
      const rest = chunk.subarray(start, end);
      yield parts.length === 0 ? rest : Buffer.concat([...parts, rest]);
      parts = [];
      length = 0;
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    if (length > maxBytes) throw new RangeError(`a line is longer than ${maxBytes} bytes`);
    if (rest.length > 0) parts.push(rest);
  }
  if (length > 0) throw new RangeError('it ends in the middle of a line');
}

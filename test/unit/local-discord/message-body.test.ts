import { describe, expect, it } from 'vitest';
import { readMessage, readMessageEdit } from '../../../src/testing/local-discord/talk/message-body.js';

const said = (body: unknown) => ({ body, files: [] });
const code = (expected: number) =>
  expect.objectContaining({ body: expect.objectContaining({ code: expected }) });

describe('readMessage', () => {
  it('reads what a bot says', () => {
    const body = {
      content: 'hi',
      embeds: [{ title: 'x' }],
      flags: 64,
      message_reference: { message_id: '5' },
    };

    expect(readMessage(said(body))).toMatchObject({
      content: 'hi',
      embeds: [{ title: 'x' }],
      flags: 64,
      reference: { type: 0, message_id: '5' },
    });
  });

  it.each([{}, { content: '' }, { content: null, embeds: [] }])(
    'refuses the empty message %j with 50006',
    (body) => {
      expect(() => readMessage(said(body))).toThrow(code(50_006));
    },
  );

  it('takes an upload without words', () => {
    const files = [{ name: 'tea.png', size: 12 }];

    expect(readMessage({ body: {}, files }).attachments).toMatchObject([{ filename: 'tea.png', size: 12 }]);
  });

  it.each([
    'text',
    [],
    { content: 5 },
    { content: 'x'.repeat(2_001) },
    { embeds: {} },
    { embeds: [1] },
    { embeds: Array.from({ length: 11 }, () => ({})) },
  ])('refuses the malformed message %j with 50035', (body) => {
    expect(() => readMessage(said(body))).toThrow(code(50_035));
  });
});

describe('readMessageEdit', () => {
  it('tells what an edit leaves alone from what it empties', () => {
    expect(readMessageEdit(said({ content: null }))).toMatchObject({ content: '', embeds: undefined });
  });
});

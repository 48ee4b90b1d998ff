import { describe, expect, it } from 'vitest';
import { Intent, throughIntents } from '../../../src/testing/local-discord/gateway/intents.js';

const message = {
  t: 'MESSAGE_CREATE',
  d: { content: 'hello', embeds: [{}], author: { id: '1' }, mentions: [] },
};

describe('throughIntents', () => {
  it('hides guilds and messages from a session that did not ask for them', () => {
    expect(throughIntents(message, { intents: Intent.guilds, botId: '9' })).toBeUndefined();
    expect(throughIntents({ t: 'GUILD_CREATE', d: {} }, { intents: 0, botId: '9' })).toBeUndefined();
  });

  it('shows interactions to everybody', () => {
    const interaction = { t: 'INTERACTION_CREATE', d: {} };

    expect(throughIntents(interaction, { intents: 0, botId: '9' })).toBe(interaction);
  });

  it('takes the content out of a message without the intent for it', () => {
    const seen = throughIntents(message, { intents: Intent.guildMessages, botId: '9' });

    expect(seen?.d).toMatchObject({ content: '', embeds: [], author: { id: '1' } });
  });

  it('leaves the content with the intent for it', () => {
    const intents = Intent.guildMessages | Intent.messageContent;

    expect(throughIntents(message, { intents, botId: '9' })).toBe(message);
  });

  it('lets a bot read its own messages and those that mention it', () => {
    const own = { t: 'MESSAGE_CREATE', d: { ...message.d, author: { id: '9' } } };
    const mention = { t: 'MESSAGE_CREATE', d: { ...message.d, mentions: [{ id: '9' }] } };

    expect(throughIntents(own, { intents: Intent.guildMessages, botId: '9' })).toBe(own);
    expect(throughIntents(mention, { intents: Intent.guildMessages, botId: '9' })).toBe(mention);
  });
});

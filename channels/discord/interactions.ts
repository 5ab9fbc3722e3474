import { ActionRowBuilder, type AutocompleteInteraction, type ButtonInteraction, type ChatInputCommandInteraction, type Interaction, MessageFlags, ModalBuilder, type ModalSubmitInteraction, TextInputBuilder, TextInputStyle } from 'discord.js';
import type { ConversationService, Person } from '../conversation-service.ts';
import type { Buttons } from '../chats/buttons.ts';
import { olderMessage, sayEdited } from '../chats/edited.ts';
import { type Identify, linkedAlready, notLinked } from '../chats/identify.ts';
import { isOpenCommand, lineOf } from './commands.ts';
import { asksReasonMark, chatOf } from './send.ts';

const mostSuggestions = 25;
const reasonField = 'reason';

/** What somebody wrote to the desk in direct messages. */
export interface DirectMessage { id: string; userId: string; text: string }

/** Where an interaction is answered; `open` when everybody in the channel may read it. */
export interface Hook { token: string; open: boolean; /** Further answers are shown to this person alone, as the first one was. */ ephemeral: boolean }

/**
 * Turns what people type, choose and press on Discord into what they say and press. Discord waits three seconds for a first
 * answer, so each interaction is acknowledged before anything is looked up; what comes of it follows by the interaction's token.
 */
export function createInteractions({ service, identify, buttons, symbols, openRoom, remember, tell }: {
  service: ConversationService; identify: Identify; buttons: Buttons;
  symbols: () => Iterable<{ symbol: string; name: string }>;
  openRoom: (input: { threadId: string; chat: string; kind: 'private' | 'group' }) => Promise<void>;
  /** The message with this id came by an interaction: its answer goes there. */
  remember: (clientMessageId: string, hook: Hook) => void;
  tell: (input: { chat: string; key: string; text: string }) => Promise<void>;
}): { interaction(interaction: Interaction): Promise<void>; message(message: DirectMessage): Promise<void>; /** `at`: when it was changed, which tells one change from the next. */ edited(message: DirectMessage & { at: string }): Promise<void> } {
  const homeOf = (interaction: Interaction): string => (interaction.guildId === null ? chatOf({ kind: 'dm', userId: interaction.user.id }) : chatOf({ kind: 'channel', channelId: interaction.channelId ?? '' }));
  const threadFor = async (input: { person: Person; userId: string; channelId: string | null }): Promise<string> => {
    const { person, userId, channelId } = input;
    const externalId = channelId === null ? `private:${userId}:${person.id}` : `group:${channelId}:${userId}:${person.id}`;
    const { threadId } = await service.openThread({ channel: 'discord', externalId, person });
    await openRoom({ threadId, chat: channelId === null ? chatOf({ kind: 'dm', userId }) : chatOf({ kind: 'channel', channelId }), kind: channelId === null ? 'private' : 'group' });
    return threadId;
  };
  const sayIn = async (interaction: ChatInputCommandInteraction | ButtonInteraction | ModalSubmitInteraction, input: { person: Person; channelId: string | null; open: boolean; inbound: Parameters<ConversationService['say']>[0]['inbound'] }): Promise<void> => {
    const clientMessageId = `interaction:${interaction.id}`;
    const threadId = await threadFor({ person: input.person, userId: interaction.user.id, channelId: input.channelId });
    remember(clientMessageId, { token: interaction.token, open: input.open, ephemeral: interaction.ephemeral ?? false });
    await service.say({ threadId, person: input.person, clientMessageId, inbound: input.inbound });
  };

  const command = async (interaction: ChatInputCommandInteraction): Promise<void> => {
    const open = interaction.guildId !== null && isOpenCommand(interaction.commandName);
    await interaction.deferReply(interaction.guildId !== null && !open ? { flags: MessageFlags.Ephemeral } : {});
    const given = Object.fromEntries(interaction.options.data.map(({ name, value }) => [name, String(value ?? '')]));
    const person = await identify.who(interaction.user.id);
    if (interaction.commandName === 'link' && given.code) {
      const linked = person ? { person, text: linkedAlready(person) } : await identify.link({ code: given.code, externalId: interaction.user.id });
      if (linked.person) await threadFor({ person: linked.person, userId: interaction.user.id, channelId: null });
      await interaction.editReply({ content: linked.text });
      return;
    }
    if (!person) { await interaction.editReply({ content: notLinked }); return; }
    await sayIn(interaction, { person, channelId: interaction.guildId === null ? null : interaction.channelId, open, inbound: { message: lineOf(interaction.commandName, given) } });
  };

  const answerCard = async (interaction: ButtonInteraction | ModalSubmitInteraction, data: string, reason: string | undefined): Promise<void> => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const press = await buttons.read({ data, chat: homeOf(interaction) });
    if (!press) { await interaction.editReply({ content: 'That button is not one of mine. Nothing was sent.' }); return; }
    const person = await identify.who(interaction.user.id);
    if (!person) { await interaction.editReply({ content: `${notLinked} Nothing was sent.` }); return; }
    if (press.kind === 'say') { await sayIn(interaction, { person, channelId: interaction.guildId === null ? null : interaction.channelId, open: false, inbound: { message: press.command } }); return; }
    // The press is the presser's affair and goes into their own thread; its answer is shown to them alone.
    await sayIn(interaction, { person, channelId: null, open: false, inbound: { press: press.confirmationId, choice: press.choice, ...(reason ? { reason } : {}) } });
  };

  const button = async (interaction: ButtonInteraction): Promise<void> => {
    if (!interaction.customId.endsWith(asksReasonMark)) { await answerCard(interaction, interaction.customId, undefined); return; }
    // A form must be the first answer, so nothing is looked up before it.
    const field = new TextInputBuilder().setCustomId(reasonField).setLabel('Why? (may stay empty)').setStyle(TextInputStyle.Short).setRequired(false).setMaxLength(300);
    await interaction.showModal(new ModalBuilder().setCustomId(interaction.customId.slice(0, -asksReasonMark.length)).setTitle('Reject the card').addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(field)));
  };

  const suggest = async (interaction: AutocompleteInteraction): Promise<void> => {
    const { name, value } = interaction.options.getFocused(true);
    const typed = value.toLowerCase();
    const person = await identify.who(interaction.user.id);
    const found: { name: string; value: string }[] = [];
    if (name === 'symbol') {
      const all = [...symbols()].map((each) => ({ ...each, at: each.symbol.toLowerCase().startsWith(typed) ? 0 : each.name.toLowerCase().startsWith(typed) ? 1 : `${each.symbol} ${each.name}`.toLowerCase().includes(typed) ? 2 : 3 }));
      for (const each of all.filter(({ at }) => at < 3).sort((a, b) => a.at - b.at || (a.symbol < b.symbol ? -1 : 1))) found.push({ name: `${each.symbol} · ${each.name}`.slice(0, 100), value: each.symbol });
    } else if (person) {
      const state = await service.deskState(person);
      if (name === 'account') for (const each of state.accounts) found.push({ name: each.name, value: each.name });
      else for (const { card } of state.approvals) if (card.cardNumber !== null) found.push({ name: `${card.cardNumber} · ${card.headline}`.slice(0, 100), value: String(card.cardNumber) });
    }
    await interaction.respond(found.filter((each) => name === 'symbol' || each.name.toLowerCase().includes(typed)).slice(0, mostSuggestions));
  };

  return {
    async interaction(interaction) {
      if (interaction.isChatInputCommand()) await command(interaction);
      else if (interaction.isAutocomplete()) await suggest(interaction);
      else if (interaction.isButton()) await button(interaction);
      else if (interaction.isModalSubmit()) await answerCard(interaction, interaction.customId, interaction.fields.getTextInputValue(reasonField).trim());
    },
    async edited({ id, userId, text: changed, at }) {
      const text = changed.trim();
      const person = text === '' ? null : await identify.who(userId);
      if (!person) return;
      const [key, chat] = [`edit:${id}:${at}`, chatOf({ kind: 'dm', userId })];
      const threadId = await threadFor({ person, userId, channelId: null });
      const edited = await sayEdited({ service, threadId, person, key, text, isVersion: (known) => known === `message:${id}` || known.startsWith(`edit:${id}:`) });
      if (edited.outcome === 'refused' || edited.outcome === 'unknown') await tell({ chat, key, text: edited.outcome === 'refused' ? edited.why : olderMessage });
    },
    async message(message) {
      const { userId } = message;
      const key = `message:${message.id}`;
      const chat = chatOf({ kind: 'dm', userId });
      const text = message.text.trim();
      const person = await identify.who(userId);
      const code = /^\/?link\s+(\S+)$/i.exec(text)?.[1];
      if (code) {
        const linked = person ? { person, text: linkedAlready(person) } : await identify.link({ code, externalId: userId });
        if (linked.person) await threadFor({ person: linked.person, userId, channelId: null });
        await tell({ chat, key, text: linked.text });
        return;
      }
      if (!person) { await tell({ chat, key, text: notLinked }); return; }
      if (text === '') { await tell({ chat, key, text: 'I read text only. Write what you want to know or do.' }); return; }
      const threadId = await threadFor({ person, userId, channelId: null });
      await service.say({ threadId, person, clientMessageId: key, inbound: { message: text } });
    },
  };
}

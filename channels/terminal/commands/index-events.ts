import { hashedEmbedder } from '../../../tools/recall/embedder.ts';
import { indexEvents } from '../../../tools/recall/index-events.ts';
import { readArguments } from '../arguments.ts';
import { type Command, CommandRefusal } from '../command.ts';

const usage = 'index [--afresh] [--json]';

/** Tags and embeds what lacks it by the present tagger and model; after a change of model this is the re-embedding job. */
export const indexCommand: Command = {
  name: 'index', usage, does: 'tags and embeds stored events by the present tagger and model; --afresh drops the vectors of other models afterwards',
  async run(call, { database, services, market }) {
    const given = readArguments(call.args, { json: { type: 'boolean' }, afresh: { type: 'boolean' } }, usage);
    if (given.words.length > 0) throw new CommandRefusal(`Usage: parapet ${usage}`, 2);
    const embedder = services.embedder ?? hashedEmbedder;
    const report = await indexEvents({ database, embedder, mentions: (text) => market.linker().link(text).mentions, afresh: given.flag('afresh'), onBatch: ({ tagged, embedded }) => call.streams.err(`${tagged} tagged, ${embedded} embedded`) });
    if (given.flag('json')) call.streams.out(JSON.stringify({ ...report, provider: embedder.provider, model: embedder.model, dimension: embedder.dimension }));
    else call.streams.out(`${report.tagged} events tagged, ${report.embedded} embedded by ${embedder.model} (${embedder.dimension} numbers each)${report.withoutVector > 0 ? `; the provider did not answer for ${report.withoutVector}` : ''}`);
    return report.withoutVector > 0 ? 1 : 0;
  },
};

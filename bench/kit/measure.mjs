/**
 * Measure: every contender under every load, several rounds, side by side.
 *
 * In one round the small bots of all contenders stand at once and take a load in turn, a moment apart, each round
 * beginning with another; whoever has no load is idle. Bots of more clusters stand one at a time, for memory's sake.
 */
import { startBot } from './bot.mjs';

const ALL_AT_ONCE = 2;

/**
 * `warmMs`: how long a bot of two clusters is warmed up for each load.
 *
 * @returns For each contender its start-up times (ms), peaks (bytes) and, per load, figures of each round
 * (none where it broke); see `Bot.run`. `broke`: when, under what load, and why.
 */
export async function measure(contenders, loads, { rounds, ms, warmMs, profile, tell }) {
  const results = new Map(
    contenders.map(({ name }) => [name, { startMs: [], peaks: [], loads: {}, broke: [] }]),
  );
  const sizes = [...new Set(loads.map(({ clusters }) => clusters))];
  for (let round = 0; round < rounds; round++) {
    const turn = rotated(contenders, round);
    for (const size of sizes) {
      tell(`round ${round + 1} of ${rounds}, ${size} clusters`);
      const group = {
        size,
        round,
        loads: loads.filter(({ clusters }) => clusters === size),
        ms,
        warmMs,
        profile,
      };
      const groups = size === ALL_AT_ONCE ? [turn] : turn.map((one) => [one]);
      for (const members of groups) await measureGroup(members, group, results, tell);
    }
  }
  return results;
}

async function measureGroup(contenders, { size, round, loads, ms, warmMs, profile }, results, tell) {
  const bots = [];
  /** A contender that breaks has no figures for the rest of the round; the others have. */
  const attempt = async (contender, work, load) => {
    try {
      return await work();
    } catch (error) {
      const one = bots.find((each) => each.contender === contender);
      if (one !== undefined) one.isBroken = true;
      const why = lastError(one?.bot.lastWords ?? '') ?? error.message.split('\n')[0];
      results.get(contender.name).broke.push({ round: round + 1, load: load.name, why });
      tell(`${contender.name} broke: ${why}`);
      return undefined;
    }
  };
  const each = async (work, load) => {
    for (const one of bots) if (!one.isBroken) await attempt(one.contender, () => work(one), load);
  };
  try {
    for (const contender of contenders) {
      const bot = await attempt(contender, () => startBot(contender, size, { profile }), loads[0]);
      if (bot !== undefined) bots.push({ contender, bot, result: results.get(contender.name) });
    }
    // The more processes share the machine, the longer it takes until each of them is warm.
    const warmUp = { ms: (warmMs * size) / ALL_AT_ONCE, isWarmUp: true };
    for (const load of loads) await each(({ bot }) => bot.run({ ...load, ...warmUp }), load);
    for (const load of loads) {
      await each(async ({ contender, bot, result }) => {
        const figures = await bot.run({ ...load, ms });
        (result.loads[load.name] ??= [])[round] = figures;
        if (figures.lost > 0) tell(`${contender.name} lost ${figures.lost} of ${load.says}`);
      }, load);
    }
    if (size !== ALL_AT_ONCE) return;
    await each(async ({ bot, result }) => {
      result.startMs[round] = bot.startMs;
      result.peaks[round] = await bot.peaks();
    }, loads.at(-1));
  } finally {
    await Promise.all(bots.map(({ bot }) => bot.stop()));
  }
}

/** The first error that a process named as it died. */
function lastError(words) {
  return /^\w*Error: .*$/m.exec(words)?.[0];
}

function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

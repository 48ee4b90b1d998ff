/**
 * Measure: every contender under every load, several rounds, side by side.
 *
 * In one round the small bots of all contenders stand at once and take a load in turn, a moment apart, each round
 * beginning with another; whoever has no load is idle. Bots of more clusters stand one at a time, for memory's sake.
 */
import { startBot } from './bot.mjs';

const ALL_AT_ONCE = 2;

/**
 * @returns For each contender its start-up times (ms), peaks (bytes) and, per load, one figure per round
 * (`undefined` where it cannot do it); see `Bot.run`.
 */
export async function measure(contenders, loads, { rounds, ms, warmMs, profile, tell }) {
  const results = new Map(contenders.map(({ name }) => [name, { startMs: [], peaks: [], loads: {} }]));
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
  const able = contenders.filter((one) => loads.some((load) => can(one, load)));
  const bots = [];
  try {
    for (const contender of able) {
      const bot = await startBot(contender, size, { profile });
      bots.push({ contender, bot, result: results.get(contender.name) });
      if (size === ALL_AT_ONCE) results.get(contender.name).startMs[round] = bot.startMs;
    }
    for (const load of loads) {
      for (const { contender, bot } of bots)
        if (can(contender, load)) await bot.run({ ...load, ms: warmMs, isWarmUp: true });
    }
    for (const load of loads) {
      for (const { contender, bot, result } of bots) {
        if (!can(contender, load)) continue;
        const figures = await bot.run({ ...load, ms });
        (result.loads[load.name] ??= [])[round] = figures;
        if (figures.lost > 0) tell(`${contender.name} lost ${figures.lost} of ${load.says}`);
      }
    }
    if (size !== ALL_AT_ONCE) return;
    for (const { bot, result } of bots) result.peaks[round] = await bot.peaks();
  } finally {
    await Promise.all(bots.map(({ bot }) => bot.stop()));
  }
}

function can(contender, load) {
  return contender.cannot?.[load.verb] === undefined;
}

function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

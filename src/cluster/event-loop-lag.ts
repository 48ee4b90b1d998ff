/**
 * Event-loop lag: how late this process runs what is due.
 */
import type { IntervalHistogram } from 'node:perf_hooks';

const RESOLUTION_MS = 20;
const NS_PER_MS = 1e6;

export class EventLoopLag {
  /** Made when first asked: a process that nobody watches measures nothing, nor loads what measures (300 kB). */
  #histogram: IntervalHistogram | undefined;

  /** Since the last time it was asked, in milliseconds. */
  take(): { readonly meanLagMs: number; readonly maxLagMs: number } {
    if (this.#histogram === undefined) {
      const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
      this.#histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      this.#histogram.enable();
      return { meanLagMs: 0, maxLagMs: 0 };
    }
    const { mean, max } = this.#histogram;
    this.#histogram.reset();
    return { meanLagMs: lagOf(mean), maxLagMs: lagOf(max) };
  }
}

/** The histogram holds the whole time between two samples; without any, its mean is `NaN`. */
function lagOf(delayNs: number): number {
  const lagMs = delayNs / NS_PER_MS - RESOLUTION_MS;
  return lagMs > 0 ? Math.round(lagMs * 10) / 10 : 0;
}

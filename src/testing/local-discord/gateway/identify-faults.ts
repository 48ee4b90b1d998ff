/**
 * Refusals of IDENTIFY that a test ordered beforehand.
 */

export interface IdentifyFault {
  readonly closeCode: number;
  /** Only for this shard; for any if left out. */
  readonly shardId: number | undefined;
  readonly times: number;
}

export class IdentifyFaults {
  #faults: IdentifyFault[] = [];

  add(fault: IdentifyFault): void {
    this.#faults.push(fault);
  }

  /** The close code ordered for this IDENTIFY, if any; it counts as used. */
  take(shardId: number): number | undefined {
    const fault = this.#faults.find((each) => each.shardId === undefined || each.shardId === shardId);
    if (fault === undefined) return undefined;

    const rest = fault.times > 1 ? { ...fault, times: fault.times - 1 } : undefined;
    this.#faults = this.#faults.flatMap((each) => (each === fault ? (rest ?? []) : each));
    return fault.closeCode;
  }
}

/**
 * Page writing: writes generated pages into the output folder and summarizes what changed.
 */
import { resolve } from 'node:path';
import type { Generated } from '../../generate.js';
import { applyPlan, planOutput, readOutputFolder } from '../../output-folder.js';
import type { OutputPlan } from '../../output-folder.js';
import type { Terminal } from '../../../src/cli/kit/terminal.js';
import { count } from './report.js';

export type Pages = Extract<Generated, { readonly ok: true }>;

export type WriteOutcome =
  | { readonly ok: true; readonly written: number; readonly summary: string }
  /** Files that the generator did not write are in the way; nothing was written. */
  | { readonly ok: false; readonly plan: OutputPlan };

/** @param out - The output folder, relative to the terminal's working directory. */
export function writePages(generated: Pages, out: string, terminal: Terminal): WriteOutcome {
  const path = resolve(terminal.cwd, out);
  const plan = planOutput(readOutputFolder(path), generated.files);
  if (plan.inTheWay.length > 0) return { ok: false, plan };
  applyPlan(path, plan);
  const removed = plan.remove.length === 0 ? '' : `, ${plan.remove.length} removed`;
  const summary = `${count(plan.write.size, 'file')} written, ${plan.unchanged} unchanged${removed}`;
  return { ok: true, written: plan.write.size + plan.remove.length, summary };
}

/**
 * Writing pages: what was generated, into its folder, and a sentence about it.
 */
import { resolve } from 'node:path';
import type { Generated } from '../../generate.js';
import { applyPlan, planOutput, readOutputFolder } from '../../output-folder.js';
import type { OutputPlan } from '../../output-folder.js';
import type { Terminal } from '../terminal.js';
import { count } from './report.js';

export type Pages = Extract<Generated, { readonly ok: true }>;

export type Written =
  | { readonly ok: true; readonly written: number; readonly sentence: string }
  /** Files of the user's are in the way, and nothing was written. */
  | { readonly ok: false; readonly plan: OutputPlan };

/** @param out - The output folder, relative to where the terminal is. */
export function writePages(generated: Pages, out: string, terminal: Terminal): Written {
  const path = resolve(terminal.cwd, out);
  const plan = planOutput(readOutputFolder(path), generated.files);
  if (plan.inTheWay.length > 0) return { ok: false, plan };
  applyPlan(path, plan);
  const removed = plan.remove.length === 0 ? '' : `, ${plan.remove.length} removed`;
  const sentence = `${count(plan.write.size, 'file')} written, ${plan.unchanged} unchanged${removed}`;
  return { ok: true, written: plan.write.size + plan.remove.length, sentence };
}

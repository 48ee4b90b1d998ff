/**
 * Formatting of breaking changes: for people, for programs, and for GitHub's view of a pull request.
 */
import { githubCommand } from '../diagnostics/format-diagnostic.js';
import type { Paint } from '../diagnostics/format-diagnostic.js';
import { classOf } from './rules.js';
import type { Break } from './rules.js';

/** Formats as `contracts/guilds.ts - wire MEMBER_REQUIRED: guilds.getGuildData: data.locale: ...`. */
export function formatBreak(one: Break, paint: Paint): string {
  const kind = classOf(one.rule);
  const painted = kind === 'wire' ? paint.red(kind) : paint.yellow(kind);
  return `${paint.cyan(one.file)} - ${painted} ${paint.grey(`${one.rule}:`)} ${sentence(one)}`;
}

/** Formats as one line of JSON, for programs. */
export function jsonBreak({ rule, file, subject, path, message }: Break): string {
  return JSON.stringify({ file, class: classOf(rule), rule, subject, path, message });
}

export function githubBreak(one: Break): string {
  return githubCommand('error', { file: one.file, title: one.rule }, sentence(one));
}

function sentence({ subject, path, message }: Break): string {
  return `${subject}: ${path === '' ? '' : `${path}: `}${message}`;
}

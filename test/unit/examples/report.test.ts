/**
 * The demo's report decides its exit code: one wrong answer, and `allRight` is false for good.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Report } from '../../../examples/bot/report.js';

describe('Report', () => {
  const lines: string[] = [];

  beforeEach(() => {
    lines.length = 0;
    vi.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(text));
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('is all right while every answer was', async () => {
    const report = new Report();
    const before = report.allRight;

    await report.check(
      '/stats',
      () => Promise.resolve('42 members'),
      (answer) => answer === '42 members',
    );

    expect(before).toBe(true);
    expect(report.allRight).toBe(true);
    expect(lines).toEqual([expect.stringMatching(/^ {2}ok {5}\/stats +\d+\.\d ms +42 members$/)]);
  });

  it('is not all right after one wrong answer, whatever follows', async () => {
    const report = new Report();

    await report.check(
      '/stats',
      () => Promise.resolve('41 members'),
      (answer) => answer === '42 members',
    );
    await report.check(
      '/top',
      () => Promise.resolve('Tea house'),
      () => true,
    );

    expect(report.allRight).toBe(false);
    expect(lines).toEqual([
      expect.stringMatching(/^ {2}WRONG {2}\/stats .* 41 members$/),
      expect.stringMatching(/^ {2}ok /),
    ]);
  });

  it('shows what an answer failed with, and lets a check accept it', async () => {
    const report = new Report();
    const fail = (): Promise<string> => Promise.reject(new TypeError('no'));

    await report.check('wanted', fail, (answer) => answer === 'TypeError: no');
    const wanted = report.allRight;
    await report.check('unwanted', fail, (answer) => answer === 'yes');

    expect([wanted, report.allRight]).toEqual([true, false]);
    expect(lines[1]).toContain('TypeError: no');
  });

  it('counts what was timed elsewhere', () => {
    const report = new Report();

    report.add({ asked: 'x', answer: 'y', tookMs: 1.25, right: false });

    expect(report.allRight).toBe(false);
    expect(lines[0]).toMatch(/^ {2}WRONG {2}x +1\.[23] ms {3}y$/);
  });

  it('indents lines below their headings', () => {
    const report = new Report();

    report.heading('Coming up');
    report.line('cluster 0 ready');

    expect(lines).toEqual(['\nComing up', '  cluster 0 ready']);
  });
});

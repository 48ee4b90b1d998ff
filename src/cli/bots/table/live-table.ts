/**
 * Live table: the clusters at the bottom of a terminal, about once a second.
 */
import type { WriteStream } from 'node:tty';
import type { ClusterManager } from 'shardwire';
import { PinnedArea } from './pinned-area.js';
import { renderTable } from './render-table.js';
import { TableRows } from './table-row.js';
import { hasColours } from './terminal.js';

const REDRAW_MS = 1000;
/** The rest is for what the bot itself has to say. */
const LARGEST_SHARE = 0.5;

export class LiveTable {
  readonly #manager: ClusterManager;
  readonly #terminal: WriteStream;
  readonly #area = new PinnedArea();
  readonly #rows = new TableRows();
  readonly #draw = (): void => this.#redraw();
  readonly #remove = (): void => this.remove();
  #timer: NodeJS.Timeout | undefined;

  constructor(manager: ClusterManager, terminal: WriteStream) {
    this.#manager = manager;
    this.#terminal = terminal;
  }

  /** From now on, until the process ends. */
  show(): void {
    this.#timer = setInterval(this.#draw, REDRAW_MS).unref();
    this.#terminal.on('resize', this.#draw);
    process.once('exit', this.#remove);
    // Who is there from the beginning is not known before the first is started.
    this.#manager.once('clusterCreate', () => setImmediate(this.#draw));
  }

  remove(): void {
    clearInterval(this.#timer);
    this.#terminal.off('resize', this.#draw);
    process.off('exit', this.#remove);
    this.#terminal.write(this.#area.release());
  }

  #redraw(): void {
    const { clusters } = this.#manager;
    if (clusters.length === 0) return;
    const { columns, rows } = this.#terminal;
    const room = { columns, lines: Math.floor(rows * LARGEST_SHARE), colours: hasColours(process.env) };
    const lines = renderTable(this.#rows.take(clusters, performance.now()), this.#manager.stats(), room);
    this.#terminal.write(this.#area.draw(lines, rows));
  }
}

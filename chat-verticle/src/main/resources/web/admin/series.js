/** How far back a chart shows. */
export const SPAN_MS = 15 * 60_000;
const STEP_MS = 2_000;
const HOLE_MS = 4 * STEP_MS; // nothing for longer: the line is broken, as nobody knows

/** Values of the last quarter of an hour, at most one each two seconds. Pure. */
export class Series {
  /** @type {{at: number, value: number}[]} oldest first */
  points = [];

  /** @param {number} value @param {number} [at] epoch ms */
  add(value, at = Date.now()) {
    const last = this.points.at(-1);
    if (last && at < last.at) this.points = []; // the clock was put back
    if (last && at - last.at < STEP_MS) last.value = value;
    else this.points.push({ at, value });
    while (this.points[0] && at - this.points[0].at > SPAN_MS) this.points.shift();
  }

  /** The points in pieces without holes. */
  pieces() {
    /** @type {{at: number, value: number}[][]} */
    const pieces = [];
    for (const point of this.points) {
      const piece = pieces.at(-1);
      const before = piece?.at(-1);
      if (piece && before && point.at - before.at <= HOLE_MS) piece.push(point);
      else pieces.push([point]);
    }
    return pieces;
  }
}

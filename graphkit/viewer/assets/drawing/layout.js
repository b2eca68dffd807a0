// Where marks go: a small force layout with a fixed start, fitted to the room there is, then pushed apart.

const STEPS = 160;
const GOLDEN_ANGLE = 2.399963;
const GRAVITY = 0.08;

/** Fruchterman & Reingold (1991): `links` are pairs of places in the list; returns [[x, y], …], the first near the middle. */
const force = (count, links) => {
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const spring = 100;
  for (let at = 0; at < count; at += 1) {
    x[at] = Math.cos(at * GOLDEN_ANGLE) * spring * 0.5 * Math.sqrt(at);
    y[at] = Math.sin(at * GOLDEN_ANGLE) * spring * 0.5 * Math.sqrt(at);
  }
  let heat = spring * 0.8;
  for (let step = 0; step < STEPS; step += 1) {
    const moveX = new Float64Array(count);
    const moveY = new Float64Array(count);
    for (let i = 0; i < count; i += 1) {
      for (let j = i + 1; j < count; j += 1) {
        const [dx, dy] = [x[i] - x[j], y[i] - y[j]];
        const push = (spring * spring) / (dx * dx + dy * dy + 0.01);
        moveX[i] += dx * push;
        moveY[i] += dy * push;
        moveX[j] -= dx * push;
        moveY[j] -= dy * push;
      }
    }
    for (const [i, j, weight = 1] of links) {
      const [dx, dy] = [x[i] - x[j], y[i] - y[j]];
      const pull = (Math.hypot(dx, dy) / spring) * weight;
      moveX[i] -= dx * pull;
      moveY[i] -= dy * pull;
      moveX[j] += dx * pull;
      moveY[j] += dy * pull;
    }
    for (let i = 0; i < count; i += 1) {
      // what hangs on nothing must not drift off and take all the room
      moveX[i] -= x[i] * GRAVITY;
      moveY[i] -= y[i] * GRAVITY;
      const length = Math.hypot(moveX[i], moveY[i]) + 0.01;
      const step_ = Math.min(length, heat) / length;
      x[i] += moveX[i] * step_;
      y[i] += moveY[i] * step_;
    }
    heat = Math.max(1.5, heat * 0.968);
  }
  return Array.from(x, (value, at) => [value, y[at]]);
};

/** Stretch positions over a room of `width` × `height` around (0, 0), leaving `margin` = [x, y] free. */
const fit = (places, width, height, margin) => {
  const range = (axis) => places.reduce(([low, high], place) => [Math.min(low, place[axis]), Math.max(high, place[axis])], [Infinity, -Infinity]);
  return [0, 1].reduce((found, axis) => {
    const [low, high] = range(axis);
    const room = (axis ? height : width) - 2 * margin[axis];
    const scale = high - low > 1 ? room / (high - low) : 0;
    found.forEach((place, at) => {
      place[axis] = (places[at][axis] - (low + high) / 2) * scale;
    });
    return found;
  }, places.map(() => [0, 0]));
};

/** Push boxes {x, y, left, right, up, down} apart until none overlaps another or the room is full; fixed ones stay. */
const spread = (boxes, width, height, rounds = 240) => {
  const clamp = (box) => {
    box.x = Math.min(width / 2 - box.right, Math.max(-width / 2 + box.left, box.x));
    box.y = Math.min(height / 2 - box.down, Math.max(-height / 2 + box.up, box.y));
  };
  const isAtEdge = (a, b, axis) => {
    const [half, before, after] = axis === 'x' ? [width / 2, 'left', 'right'] : [height / 2, 'up', 'down'];
    const [low, high] = a[axis] < b[axis] ? [a, b] : [b, a];
    return low[axis] - low[before] <= -half + 1 || high[axis] + high[after] >= half - 1;
  };
  boxes.forEach(clamp);
  for (let round = 0; round < rounds; round += 1) {
    let isMoved = false;
    for (let i = 0; i < boxes.length; i += 1) {
      for (let j = i + 1; j < boxes.length; j += 1) {
        const [a, b] = [boxes[i], boxes[j]];
        const overX = Math.min(a.x + a.right, b.x + b.right) - Math.max(a.x - a.left, b.x - b.left);
        const overY = Math.min(a.y + a.down, b.y + b.down) - Math.max(a.y - a.up, b.y - b.up);
        if (overX <= 0 || overY <= 0) continue;
        isMoved = true;
        // at the edge of the room, boxes give way along it
        const axis = isAtEdge(a, b, 'y') ? 'x' : isAtEdge(a, b, 'x') ? 'y' : overX * 0.8 < overY ? 'x' : 'y';
        const over = (axis === 'x' ? overX : overY) + 1;
        const way = a[axis] === b[axis] ? (i % 2 ? 1 : -1) : Math.sign(b[axis] - a[axis]);
        const shareOfA = a.fixed ? 0 : b.fixed ? 1 : 0.5;
        a[axis] -= way * over * shareOfA * 0.6;
        b[axis] += way * over * (1 - shareOfA) * 0.6;
        clamp(a);
        clamp(b);
      }
    }
    if (!isMoved) break;
  }
};

const CANDIDATES = 3000;

/** Places over the whole room, from the middle outwards: a sunflower spiral pulled out into the corners. */
const placesOutwards = (width, height) =>
  Array.from({ length: CANDIDATES }, (_, at) => {
    const [cos, sin] = [Math.cos(at * GOLDEN_ANGLE), Math.sin(at * GOLDEN_ANGLE)];
    const reach = Math.sqrt(at / CANDIDATES) / Math.max(Math.abs(cos), Math.abs(sin));
    return [(cos * reach * width) / 2, (sin * reach * height) / 2];
  });

/** Put boxes {left, right, up, down} one after the other as near the middle as they fit; returns how many found room. */
const pack = (boxes, width, height) => {
  const places = placesOutwards(width, height);
  const isFree = (box, [x, y], before) =>
    x - box.left >= -width / 2 && x + box.right <= width / 2 && y - box.up >= -height / 2 && y + box.down <= height / 2 &&
    before.every((other) => x + box.right <= other.x - other.left || x - box.left >= other.x + other.right || y + box.down <= other.y - other.up || y - box.up >= other.y + other.down);
  for (let at = 0; at < boxes.length; at += 1) {
    const before = boxes.slice(0, at);
    const place = places.find((one) => isFree(boxes[at], one, before));
    if (!place) return at;
    [boxes[at].x, boxes[at].y] = place;
  }
  return boxes.length;
};

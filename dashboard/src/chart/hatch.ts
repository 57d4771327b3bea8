const TILE = 8;

/** Diagonal stripes: what is drawn with them is not settled yet. */
export function hatch(ctx: CanvasRenderingContext2D, stripe: string, ground: string): CanvasPattern | string {
  const ratio = window.devicePixelRatio || 1;
  const tile = document.createElement('canvas');
  tile.width = tile.height = Math.round(TILE * ratio);
  const brush = tile.getContext('2d');
  if (!brush) return stripe;
  brush.scale(tile.width / TILE, tile.height / TILE);
  brush.fillStyle = ground;
  brush.fillRect(0, 0, TILE, TILE);
  brush.strokeStyle = stripe;
  brush.lineWidth = 2.2;
  brush.beginPath();
  for (const shift of [-TILE, 0, TILE]) {
    brush.moveTo(shift - 1, TILE + 1);
    brush.lineTo(shift + TILE + 1, -1);
  }
  brush.stroke();
  const pattern = ctx.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern ?? stripe;
}

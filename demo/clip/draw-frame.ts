// A cinema ticket whose stub counts down like a film leader: six seconds that end where they began.

const colours = {
  ground: '#131412',
  ticket: '#f4f0e4',
  ink: '#1c1b18',
  faint: '#cfc8b4',
  accent: '#0b6b4f',
};

/** Draws the picture at `second` of `seconds` on a canvas of 640 by 360. */
export function drawFrame(
  context: CanvasRenderingContext2D,
  second: number,
  seconds: number,
  framesPerSecond: number,
): void {
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, 640, 360);
  drawFilmHoles(context, second);
  drawTicket(context);
  drawWords(context, second, framesPerSecond);
  drawCountdown(context, second, seconds);
}

/** The film runs through at one hole a second, so that the last frame meets the first. */
function drawFilmHoles(context: CanvasRenderingContext2D, second: number): void {
  context.fillStyle = '#2d2e2a';
  const pitch = 40;
  for (let x = -pitch - (second % 1) * pitch; x < 640 + pitch; x += pitch) {
    for (const y of [16, 326]) {
      context.beginPath();
      context.roundRect(x + 10, y, 22, 18, 4);
      context.fill();
    }
  }
}

function drawTicket(context: CanvasRenderingContext2D): void {
  context.fillStyle = colours.ticket;
  context.beginPath();
  context.roundRect(80, 80, 480, 200, 14);
  context.fill();
  context.fillStyle = colours.ground;
  for (const [x, y] of [
    [80, 180],
    [560, 180],
    [380, 80],
    [380, 280],
  ] as const) {
    context.beginPath();
    context.arc(x, y, 14, 0, 2 * Math.PI);
    context.fill();
  }
  context.strokeStyle = colours.faint;
  context.lineWidth = 3;
  context.setLineDash([2, 9]);
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(380, 104);
  context.lineTo(380, 262);
  context.stroke();
  context.setLineDash([]);
}

function drawWords(context: CanvasRenderingContext2D, second: number, framesPerSecond: number): void {
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillStyle = colours.accent;
  context.font = '600 15px "Open Sans", sans-serif';
  context.letterSpacing = '4px';
  context.fillText('ADMIT ONE', 118, 140);
  context.fillStyle = colours.ink;
  context.font = '700 40px "Open Sans", sans-serif';
  context.letterSpacing = '-1px';
  context.fillText('Boxoffice', 116, 194);
  context.font = '400 20px "Open Sans", sans-serif';
  context.letterSpacing = '1px';
  context.fillText(timeCode(second, framesPerSecond), 118, 234);
}

function drawCountdown(context: CanvasRenderingContext2D, second: number, seconds: number): void {
  const [x, y, radius] = [470, 180, 58];
  const top = -Math.PI / 2;
  const angle = top + (second % 1) * 2 * Math.PI;
  context.fillStyle = '#dbeae3';
  context.beginPath();
  context.moveTo(x, y);
  context.arc(x, y, radius, top, angle);
  context.fill();
  context.strokeStyle = colours.accent;
  context.lineWidth = 3;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.moveTo(x, y);
  context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  context.stroke();
  context.fillStyle = colours.ink;
  context.font = '700 56px "Open Sans", sans-serif';
  context.letterSpacing = '0px';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(String(seconds - Math.floor(second)), x, y + 4);
}

function timeCode(second: number, framesPerSecond: number): string {
  const frame = Math.round((second % 1) * framesPerSecond);
  return `00:00:${pad(Math.floor(second))}:${pad(frame)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

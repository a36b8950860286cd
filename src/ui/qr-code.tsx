import { encode } from 'uqr';

/** A QR code drawn here, as a picture with a name. `size` is its side in pixels. */
export function QrCode({
  text,
  label,
  size = 224,
}: {
  text: string;
  label: string;
  size?: number;
}) {
  const { data, size: side } = encode(text, { ecc: 'M', border: 3 });
  const path = data
    .flatMap((line, y) => line.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path fill="#ffffff" d={`M0 0h${side}v${side}H0z`} />
      <path fill="#1f2421" d={path} />
    </svg>
  );
}

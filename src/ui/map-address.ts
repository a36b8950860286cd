/** Where a map opens: degrees, or the words of an address where no degrees are known. */
type Spot = { lat: number; lng: number } | string;

/**
 * An address that opens the map of the phone itself: Apple's by its own scheme, all others by
 * `geo:` (RFC 5870). No web site is asked, so nobody learns of it.
 */
export function mapAddress(spot: Spot): string {
  const isApple = /iPhone|iPad|Macintosh/.test(navigator.userAgent);
  if (typeof spot === 'string') {
    const words = encodeURIComponent(spot);
    return isApple ? `maps://?daddr=${words}` : `geo:0,0?q=${words}`;
  }
  const at = `${spot.lat},${spot.lng}`;
  return isApple ? `maps://?daddr=${at}` : `geo:${at}?q=${at}`;
}

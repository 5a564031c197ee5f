import { plain, type Read } from './numbers';

/** "26.0745 119.2965 0 12" as it is shown: latitude, longitude. */
export function pointText(stored: string): string {
  const [latitude, longitude] = stored.split(' ');
  return latitude && longitude ? `${latitude}, ${longitude}` : '';
}

/** How far off the device believes to be, in metres; 0 where a person typed the position. */
export const accuracyOf = (stored: string): number => Math.round(Number(stored.split(' ')[3] ?? 0)) || 0;

/** A device's position in the engine's form. */
export const located = ({ latitude, longitude, altitude, accuracy }: GeolocationCoordinates): string =>
  `${Number(latitude.toFixed(7))} ${Number(longitude.toFixed(7))} ${Math.round(altitude ?? 0)} ${Math.max(1, Math.round(accuracy))}`;

/** A position typed as latitude and longitude, in degrees. The value is in the engine's form. */
export function readPoint(typed: string): Read<string> {
  if (typed.trim() === '') return { value: null, told: '' };
  const [latitude, longitude, ...rest] = typed.split(/[,，、\s]+/).filter(Boolean).map((part) => Number(plain(part)));
  const right =
    rest.length === 0 && latitude !== undefined && longitude !== undefined && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return right
    ? { value: `${latitude} ${longitude} 0 0`, told: '' }
    : { value: null, told: '请填纬度和经度，用逗号隔开，例如 26.0745, 119.2965。' };
}

import { sessionTime } from '../time.ts';

const printed =
  /^(\d{1,4})([./-])\s?(\d{1,2})[./-]\s?(\d{1,4})\.?,?\s{1,2}(오전|오후|上午|下午|午前|午後)?\s?(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\s?([ap])\.?m\.?)?$/i;

/**
 * A date and time as JavaScript's `toLocaleString` prints it for the reader's language, such as `2/5/2026, 9:25:26 AM`
 * or `5.2.2026, 09:25:26`, as local time without a zone: `YYYY-MM-DDTHH:MM:SS`. Undefined where it is not one. With
 * slashes the month comes first only beside a capital AM or PM, as in the United States.
 */
export function printedTime(value: string): string | undefined {
  if (value.length > 60) return undefined;
  const match = printed.exec(value.trim());
  if (!match) return undefined;
  const [, one = '', separator, two = '', three = '', asian, hour = '', minute, second = '00', half] = match;
  const american = separator === '/' && (half === 'A' || half === 'P');
  const [year, month, day] =
    one.length === 4 ? [one, two, three] : american ? [three, one, two] : [three, two, one];
  const afternoon = half?.toLowerCase() === 'p' || /오후|下午|午後/.test(asian ?? '');
  const twelve = half !== undefined || asian !== undefined;
  const hours = twelve ? (Number(hour) % 12) + (afternoon ? 12 : 0) : Number(hour);
  const pad = (part: string | number) => String(part).padStart(2, '0');
  return sessionTime(`${year}-${pad(month)}-${pad(day)}T${pad(hours)}:${minute}:${second}`);
}

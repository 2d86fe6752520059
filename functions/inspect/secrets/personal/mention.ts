/** A piece of personal data and where it begins in a text. */
export interface Mention {
  value: string;
  start: number;
}
